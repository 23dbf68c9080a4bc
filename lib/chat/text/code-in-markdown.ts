/** The start of a fence: what precedes it on its line, its marks and its info string. */
export const FENCE_START =
  /^(?<prefix>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*)(?<fence>`{3,}(?=[^`\n]*$)|~{3,})(?<info>[^\n]*)/mu;

const FENCE_LINE = /^(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$/;
const BLANK = /^[ \t>]*$/;

/**
 * Reads the lines of a fence until it closes. In a fence of Markdown, models write further fences with as many marks: each
 * closes before the outer one does. One without a language is known by the blank line before it and the text after.
 */
export class OpenFence {
  private readonly isMarkdown: boolean;
  /** The lengths of the fences that are open within this one. */
  private readonly inner: number[] = [];
  private isAfterBlank = false;
  private mayHaveClosed = false;
  /** What may precede the marks of a line: an indentation of up to three columns, and quote marks within a quote. */
  private readonly indent: RegExp;

  constructor(
    private readonly marks: string,
    info: string,
    /** What stands before the marks that open it. */
    prefix = '',
  ) {
    this.indent = prefix.includes('>') ? /^[ \t>]*/ : new RegExp(`^[ \\t]{0,${prefix.length}} {0,3}`);
    this.isMarkdown = /^(?:markdown|mdx?)$/i.test(info.trim().split(/[ \t]/, 1)[0] ?? '');
  }

  /** The fence may have closed with the last line: it has, if nothing follows. */
  get isClosedAtEnd(): boolean {
    return this.mayHaveClosed;
  }

  /** Whether this line closes the fence; `before` if the line before it did. */
  closes(line: string): boolean | 'before' {
    const isBlank = BLANK.test(line);
    const body = line.replace(this.indent, '');
    if (this.mayHaveClosed) {
      if (isBlank || FENCE_LINE.test(body)) return 'before';
      this.mayHaveClosed = false;
      this.inner.push(this.marks.length);
    }
    const [, marks = '', info = ''] = FENCE_LINE.exec(body) ?? [];
    const closes = this.isClosing(marks, info);
    this.isAfterBlank = isBlank;
    return closes;
  }

  private isClosing(marks: string, info: string): boolean {
    if (marks.charAt(0) !== this.marks.charAt(0)) return false;
    if (info !== '') {
      if (this.isMarkdown && !info.includes('`') && marks.length >= this.marks.length)
        this.inner.push(marks.length);
      return false;
    }
    const innermost = this.inner.at(-1);
    if (innermost !== undefined) {
      if (marks.length >= innermost) this.inner.pop();
      return false;
    }
    if (marks.length < this.marks.length) return false;
    this.mayHaveClosed = this.isMarkdown && this.isAfterBlank;
    return !this.mayHaveClosed;
  }
}

const ITEM = /^([ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]{1,4})(?=\S)/;
/** How many lines above a fence are searched for the item that it is in. */
const LINES_ABOVE = 60;

interface FenceEnd {
  end: number;
  /** Where its last line begins, if that closes it. */
  closing: number | null;
}

/**
 * Where the fence ends whose line begins at `at`: with the line that closes it, or with the item or quote that it is in.
 * Null if it is indented so far that it is no fence but indented code.
 */
export function fenceEnd(
  text: string,
  at: number,
  { prefix, fence: marks, info }: { prefix: string; fence: string; info: string },
): FenceEnd | null {
  const isQuoted = prefix.includes('>');
  const content = isQuoted ? 0 : contentOf(text, at, prefix);
  if (!isQuoted && prefix.trim() === '' && isIndentedCode(text, at, prefix)) return null;
  const fence = new OpenFence(marks, info, prefix);
  let previous = at;
  for (let start = text.indexOf('\n', at + prefix.length) + 1; start > 0; ) {
    const after = text.indexOf('\n', start);
    const end = after < 0 ? text.length : after;
    const line = text.slice(start, end).replace(/\r$/, '');
    const isOutside = isQuoted ? !/^[ \t]*>/.test(line) : /\S/.test(line) && columnsOf(line) < content;
    const closes = isOutside ? null : fence.closes(line);
    if (closes === 'before' || (isOutside && fence.isClosedAtEnd))
      return { end: start - 1, closing: previous };
    if (isOutside) return { end: start - 1, closing: null };
    if (closes || (after < 0 && fence.isClosedAtEnd)) return { end, closing: start };
    previous = start;
    start = after + 1;
  }
  return { end: text.length, closing: null };
}

/** Whether a line at `at` with this indentation is indented code, unless it continues a paragraph. */
export const isIndentedCode = (text: string, at: number, indent: string): boolean =>
  columnsOf(indent) - contentOf(text, at, indent) > 3;

/** The column where the text of the item around a fence begins; 0 if it is in none. */
function contentOf(text: string, at: number, prefix: string): number {
  if (prefix.trim() !== '') return prefix.length;
  const width = columnsOf(prefix);
  if (width < 2) return 0;
  let end = at - 1;
  for (let count = 0; end > 0 && count < LINES_ABOVE; count += 1) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    const item = ITEM.exec(line)?.[1]?.length ?? 0;
    if (item > 0 && item <= width) return item;
    if (item === 0 && /^\S/.test(line)) return 0;
    end = start - 1;
  }
  return 0;
}

/** The width of the indentation of a line. */
function columnsOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/** Finds the ends of code spans in a text. */
export class CodeSpans {
  /** Runs of backticks of these lengths do not occur any more. */
  private readonly missing = new Set<number>();

  constructor(private readonly text: string) {}

  /** The end of the code span that `ticks`, which end at `from`, open; `from` if they open none. */
  endOf(ticks: string, from: number): number {
    if (this.missing.has(ticks.length)) return from;
    const closing = new RegExp(`(?<!\`)${ticks}(?!\`)|\\n[ \\t>]*\\n`, 'g');
    closing.lastIndex = from;
    const match = closing.exec(this.text);
    if (match?.[0] === ticks) return match.index + ticks.length;
    if (!match) this.missing.add(ticks.length);
    return from;
  }
}
