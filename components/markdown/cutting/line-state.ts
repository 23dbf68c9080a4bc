import { type Item, indentOf, itemOf, MARKER_STARTS, THEMATIC_BREAK } from './list-item';
import { tagOf, type Verbatim, verbatimOf } from './verbatim';

/** Where the text can be cut, seen from the line just read. */
export type Cut = 'before' | 'after' | null;

const BLANK = /^[ \t]*$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;

/** The state of reading a block line by line: as much of CommonMark as it takes to know where the block can end. */
export class LineState {
  /** Only blank lines so far. */
  private isFresh = true;
  private isAfterBlank = false;
  private verbatim: Verbatim | null = null;
  /** The list item or footnote that was opened last, at the top level. */
  private item: Item | null = null;
  /** That item may have ended, or another paragraph may have begun. */
  private isUnsure = false;
  /** The last line was a tag, which opens raw HTML unless it continues a paragraph. */
  private mayBeHtml = false;
  /** What is nested in what can no longer be told: nothing is cut from here on. */
  private hasUnknownNesting = false;

  /** Reads a complete line. After `before`, the same line has to be read by a new `LineState`. */
  read(line: string): Cut {
    if (this.hasUnknownNesting) return null;
    if (this.verbatim) return this.readVerbatim(this.verbatim, line);
    if (BLANK.test(line)) {
      if (this.item?.isEmpty) this.isUnsure = true;
      this.isAfterBlank = !this.isFresh;
      this.mayBeHtml = false;
      return null;
    }
    const indent = indentOf(line);
    const isAtMargin = indent === 0;
    if (this.isAfterBlank && isAtMargin && !(this.item && itemOf(line))) return 'before';

    const where = this.whereIs(indent);
    const verbatim = where === 'inside' ? null : verbatimOf(line);
    const isHeading = isAtMargin && HEADING.test(line);
    if (verbatim || isHeading) {
      this.hasUnknownNesting = this.mayBeHtml || where === 'unsure';
      if (this.hasUnknownNesting) return null;
      if (!this.isFresh) return 'before';
      this.verbatim = verbatim;
      return isHeading || verbatim?.endsAtOnce ? 'after' : null;
    }
    if (where !== 'inside' && tagOf(line)) {
      if (this.isFresh) this.verbatim = tagOf(line);
      else this.mayBeHtml = true;
    }
    this.updateItem(line, where);
    this.isFresh = false;
    this.isAfterBlank = false;
    return null;
  }

  /** Whether a line that starts with this character starts a block, however the line continues. */
  beginsWith(character: string): boolean {
    const isFree = this.isAfterBlank && !this.verbatim && !this.hasUnknownNesting;
    if (!isFree || character === '' || ' \t\r\n'.includes(character)) return false;
    return !this.item || !(MARKER_STARTS.includes(character) || character === '[');
  }

  get isInCode(): boolean {
    return this.verbatim?.isCode === true;
  }

  copy(): LineState {
    return Object.assign(new LineState(), this);
  }

  private readVerbatim(verbatim: Verbatim, line: string): Cut {
    const ends = verbatim.endsAt(line);
    if (ends === 'before') return 'before';
    if (!ends) return null;
    if (!verbatim.endsAtBlank) return 'after';
    this.verbatim = null;
    this.isFresh = false;
    this.isAfterBlank = true;
    return null;
  }

  private whereIs(indent: number): 'top' | 'inside' | 'unsure' {
    if (indent === 0) return 'top';
    if (!this.item) return indent < 4 ? 'top' : 'inside';
    if (this.isUnsure) return 'unsure';
    return indent >= this.item.content ? 'inside' : 'top';
  }

  /** Updates the open item after a line of text. */
  private updateItem(line: string, where: 'top' | 'inside' | 'unsure'): void {
    if (where !== 'top') return;
    const item = THEMATIC_BREAK.test(line) ? null : itemOf(line);
    if (item) {
      const continuesList = this.item?.kind === item.kind && !this.isUnsure;
      this.isUnsure = !(this.isFresh || this.isAfterBlank || item.interrupts || continuesList);
      this.item = item;
    } else if (this.item) this.isUnsure = true;
  }
}
