/** A displayed formula ends within this much, or it is none. */
const MOST_CHARACTERS = 8_000;
const MOST_LINES = 100;
/** Environments of one name within each other. */
const DEEPEST = 8;

const ENVIRONMENTS =
  'align|align\\*|aligned|alignat|alignat\\*|alignedat|equation|equation\\*|gather|gather\\*|gathered|split|cases|rcases|dcases|' +
  'matrix|pmatrix|bmatrix|Bmatrix|vmatrix|Vmatrix|smallmatrix|array|CD|multline|multline\\*|eqnarray|eqnarray\\*';
const ENVIRONMENT = new RegExp(`\\\\begin\\{(${ENVIRONMENTS})\\}`, 'y');

const FENCE_LINE = /^[ \t]*(?:`{3,}|~{3,})/;
const HEADING_LINE = /^[ \t]*#{1,6}[ \t]/;
const ITEM_LINE = /^([ \t]*)(?:[-+*]|\d{1,9}[.)])[ \t]+/;
export const QUOTE = /^[ \t]*((?:>[ \t]?)+)/;
const BLANK_LINE = /^[ \t]*$/;

/** Text within a formula, which may be prose. */
const TEX_TEXT =
  /\\(?:text[a-z]*|mathrm|mathbf|mathit|mathsf|mbox|operatorname\*?|tag\*?|label|begin|end|ce|pu)\s*\{[^{}]*\}/g;
const COMMAND = /\\[A-Za-z]+/g;
export const FUNCTION =
  /(?<!\p{L})(?:sin|cos|tan|cot|sec|csc|arcsin|arccos|arctan|sinh|cosh|tanh|log|ln|lg|exp|max|min|sup|inf|lim|det|gcd|lcm|mod|dim|ker|deg|arg|Re|Im|Pr|dx|dy|dt)(?!\p{L})/gu;
export const STRONG = /\\[A-Za-z]|[\^_]/;
const EVIDENCE = /[\\^_=+<>]/;
const WORDS = /(?:\p{L}{2,}[,;:]?\s+){2}\p{L}{2,}/u;
const CHINESE_PROSE = /[。！？；]|\p{Script=Han}{12,}/u;
const MARKUP = /\*\*\S|\]\(/;

export const plainTex = (tex: string) =>
  tex
    .replace(TEX_TEXT, ' 1 ')
    .replace(/(?<!\\)%.*$/gm, '')
    .replace(COMMAND, ' ');

export function isProse(tex: string): boolean {
  if (MARKUP.test(tex)) return true;
  const plain = plainTex(tex);
  return WORDS.test(plain) || CHINESE_PROSE.test(plain);
}

/** Whether every word is a letter or two, or the name of a function. */
export const hasNoWords = (tex: string) =>
  !/\p{L}{3,}|\p{Script=Han}/u.test(plainTex(tex).replace(FUNCTION, ''));
export const hasLetter = (tex: string) => /[\p{L}\p{N}]/u.test(tex);

/** What opens and closes a displayed formula. */
export interface Delimiters {
  kind: '$$' | '[' | 'environment';
  /** Matches what closes it, and what shows that it is none. */
  next: RegExp;
}

/** Reads the lines of a displayed formula, so that the block cutter and the renderer agree on its end. */
export class OpenFormula {
  private readonly texts: string[] = [];
  private length = 0;
  private depth = 1;
  private isAfterBlank = false;
  private readonly quote: number;
  private readonly itemIndent: number | null;
  /** A heading or the row of a table: the formula ends with the line. */
  private readonly isInLine: boolean;
  private readonly isInRow: boolean;
  private readonly startsLine: boolean;

  constructor(
    private readonly delimiters: Delimiters,
    /** The line before the opening. */
    before: string,
  ) {
    const quote = QUOTE.exec(before)?.[1] ?? '';
    this.quote = quote.replace(/[^>]/g, '').length;
    const inQuote = before.slice(QUOTE.exec(before)?.[0].length ?? 0);
    this.itemIndent = ITEM_LINE.exec(inQuote)?.[0].length ?? null;
    this.startsLine = inQuote.trim() === '';
    this.isInRow = inQuote.trimStart().startsWith('|');
    this.isInLine = this.isInRow || HEADING_LINE.test(inQuote);
  }

  get tex(): string {
    return this.texts.join('\n').trim();
  }

  /**
   * Reads the rest of the opening line (`isFirst`), or another line. Returns the index after the closing delimiter, `open`
   * if it goes on, or null if this is no formula.
   */
  read(line: string, isFirst = false): number | 'open' | null {
    const body = isFirst ? line : this.inside(line);
    if (body === null) return null;
    const found = this.closing(body);
    if (found === null) return null;
    const offset = line.length - body.length;
    if (found !== 'none') {
      this.texts.push(body.slice(0, found.at));
      return this.isAccepted(body, found.at, isFirst, found.end) ? offset + found.end : null;
    }
    if (this.isInLine) return null;
    this.texts.push(body);
    this.length += body.length + 1;
    return this.length > MOST_CHARACTERS || this.texts.length > MOST_LINES ? null : 'open';
  }

  /** A line after the first, without the marks of the quote around it; null if it cannot be in the formula. */
  private inside(line: string): string | null {
    let body = line;
    for (let level = 0; level < this.quote; level += 1) {
      const mark = /^[ \t]*>[ \t]?/.exec(body)?.[0];
      if (mark === undefined) return null;
      body = body.slice(mark.length);
    }
    if (FENCE_LINE.test(body) || HEADING_LINE.test(body)) return null;
    const isDollars = this.delimiters.kind === '$$';
    if (BLANK_LINE.test(body)) {
      if (isDollars && this.texts[0]?.trim() !== '') return null;
      this.isAfterBlank = true;
      return body;
    }
    const item = ITEM_LINE.exec(body);
    if (isDollars && item && this.itemIndent !== null && (item[1] ?? '').length < this.itemIndent)
      return null;
    if ((isDollars || this.isAfterBlank) && isProse(upToClosing(body, this.delimiters))) return null;
    if (this.isAfterBlank && item && isProse(`${body} x`)) return null;
    return body;
  }

  /** Where the formula closes in a line; null if something in it shows that it is none. */
  private closing(body: string): { at: number; end: number } | 'none' | null {
    const { next, kind } = this.delimiters;
    next.lastIndex = 0;
    for (let match = next.exec(body); match; match = next.exec(body)) {
      const [found] = match;
      if (match.index > MOST_CHARACTERS || this.depth > DEEPEST) return null;
      if (found === '\\\\' || found === '\\$' || found === '$') continue;
      if (kind === '$$' && found !== '$$') return null;
      if (kind === '[' && found === '\\[') return null;
      if (kind === 'environment' && found.startsWith('\\begin')) this.depth += 1;
      else if (kind !== 'environment' || --this.depth === 0)
        return { at: match.index, end: match.index + found.length };
    }
    return 'none';
  }

  private isAccepted(body: string, at: number, isFirst: boolean, end: number): boolean {
    const { tex } = this;
    if (this.delimiters.kind === 'environment') return true;
    if (!hasLetter(tex)) return false;
    if (this.delimiters.kind === '[') return !isEscapedText(tex) && !(isFirst && body.charAt(end) === '(');
    if (isProse(tex) || (this.isInRow && crossesCells(tex))) return false;
    const first = this.texts[0] ?? '';
    if (isFirst) return tex === first || (hasNoWords(tex) && !/^[-–—/,:;|]/.test(tex)) || STRONG.test(tex);
    const isFramed = first.trim() === '' && body.slice(0, at).trim() === '';
    if (this.isAfterBlank) return EVIDENCE.test(tex) || (isFramed && hasNoWords(tex));
    const isHalfFramed = first.trim() === '' ? this.startsLine : body.slice(0, at).trim() === '';
    return isFramed || EVIDENCE.test(tex) || (isHalfFramed && hasNoWords(tex));
  }
}

function upToClosing(body: string, { next }: Delimiters): string {
  next.lastIndex = 0;
  return body.slice(0, next.exec(body)?.index);
}

/** Text in escaped brackets: a number or words, without a sign of a formula. */
export const isEscapedText = (tex: string): boolean =>
  /^\d+$/.test(tex) ||
  (!/[\\^_={}<>+*/]|\d/.test(tex) && /\p{L}{4,}|\p{Script=Han}{2,}/u.test(tex.replace(FUNCTION, '')));

/** A bar between blanks that is not in brackets: the border of a table's cell. */
export function crossesCells(tex: string): boolean {
  for (const bar of tex.matchAll(/(?<=\s)(?<!\\)\|(?=\s)/g)) {
    const before = tex.slice(0, bar.index);
    if ((before.match(/[([{]/g) ?? []).length === (before.match(/[)\]}]/g) ?? []).length) return true;
  }
  return false;
}

const DOLLARS: Delimiters['next'] = /\\\\|\\\$|\$+/g;
const BRACKETS: Delimiters['next'] = /\\\\|\\[[\]]/g;

export function delimitersAt(text: string, at: number): { delimiters: Delimiters; after: number } | null {
  if (text.startsWith('$$', at)) return { delimiters: { kind: '$$', next: DOLLARS }, after: at + 2 };
  if (text.startsWith('\\[', at)) return { delimiters: { kind: '[', next: BRACKETS }, after: at + 2 };
  ENVIRONMENT.lastIndex = at;
  const environment = ENVIRONMENT.exec(text);
  if (!environment) return null;
  const [all, name = ''] = environment;
  const next = new RegExp(String.raw`\\(?:begin|end)\{${name.replace('*', '\\*')}\}`, 'g');
  return { delimiters: { kind: 'environment', next }, after: at + all.length };
}
