import { type Item, indentOf, itemOf, MARKER_STARTS, THEMATIC_BREAK } from './list-item';
import { tagOf, type Verbatim, verbatimOf } from './verbatim';

/** Where a line lets the text be cut. */
export type Cut = 'before' | 'after' | null;

const BLANK = /^[ \t]*$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;

/** Where in a block the reading stands: as much of CommonMark's state as it takes to know where the block can end. */
export class Place {
  /** No line yet but blank ones. */
  private fresh = true;
  private afterBlank = false;
  private verbatim: Verbatim | null = null;
  /** The list item or footnote that was opened last, at the top. */
  private item: Item | null = null;
  /** Whether that item is still open, or whether another paragraph may have begun, is not known. */
  private unsure = false;
  /** A tag that opens raw HTML, unless a paragraph goes on there. */
  private maybeHtml = false;
  /** It cannot be known any more what is inside of what. */
  private lost = false;

  /** Reads a whole line. After `before`, the line is to be read again by a new place. */
  read(line: string): Cut {
    if (this.lost) return null;
    if (this.verbatim) return this.readVerbatim(this.verbatim, line);
    if (BLANK.test(line)) {
      if (this.item?.empty) this.unsure = true;
      this.afterBlank = !this.fresh;
      this.maybeHtml = false;
      return null;
    }
    const indent = indentOf(line);
    const margin = indent === 0;
    if (this.afterBlank && margin && !(this.item && itemOf(line))) return 'before';

    const where = this.whereIs(indent);
    const verbatim = where === 'inside' ? null : verbatimOf(line);
    const heading = margin && HEADING.test(line);
    if (verbatim || heading) {
      this.lost = this.maybeHtml || where === 'unsure';
      if (this.lost) return null;
      if (!this.fresh) return 'before';
      this.verbatim = verbatim;
      return heading || verbatim?.atOnce ? 'after' : null;
    }
    if (where !== 'inside' && tagOf(line)) {
      if (this.fresh) this.verbatim = tagOf(line);
      else this.maybeHtml = true;
    }
    this.follow(line, where);
    this.fresh = false;
    this.afterBlank = false;
    return null;
  }

  /** Whether a line that begins with this character begins a block, whatever it becomes. */
  beginsWith(character: string): boolean {
    const free = this.afterBlank && !this.verbatim && !this.lost;
    if (!free || character === '' || ' \t\r\n'.includes(character)) return false;
    return !this.item || !(MARKER_STARTS.includes(character) || character === '[');
  }

  private readVerbatim(verbatim: Verbatim, line: string): Cut {
    if (!verbatim.endsAt(line)) return null;
    if (!verbatim.untilBlank) return 'after';
    this.verbatim = null;
    this.fresh = false;
    this.afterBlank = true;
    return null;
  }

  private whereIs(indent: number): 'top' | 'inside' | 'unsure' {
    if (indent === 0) return 'top';
    if (!this.item) return indent < 4 ? 'top' : 'inside';
    if (this.unsure) return 'unsure';
    return indent >= this.item.content ? 'inside' : 'top';
  }

  /** What this line says about the item that is open. */
  private follow(line: string, where: 'top' | 'inside' | 'unsure'): void {
    if (where !== 'top') return;
    const item = THEMATIC_BREAK.test(line) ? null : itemOf(line);
    if (item) {
      const goesOn = this.item?.kind === item.kind && !this.unsure;
      this.unsure = !(this.fresh || this.afterBlank || item.interrupts || goesOn);
      this.item = item;
    } else if (this.item) this.unsure = true;
  }
}
