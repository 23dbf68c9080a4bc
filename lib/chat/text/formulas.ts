import { CodeSpans, fenceEnd } from './code-in-markdown';

/**
 * Finds the formulas of a Markdown text as models write them: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and
 * `\begin{align}…\end{align}`, in a line or over several. Money, shell variables and whatever does not close stay text.
 */
export interface Formula {
  start: number;
  end: number;
  /** Without its delimiters and the marks of a quote around it. */
  tex: string;
  isDisplay: boolean;
}

export interface Formulas {
  closed: Formula[];
  /** The first formula that has not closed before the end. More text may close it, or show that it is none. */
  open: Formula | null;
}

/** A displayed formula ends within this much, or it is none. */
const MOST_CHARACTERS = 8_000;
const MOST_LINES = 100;
/** Environments of one name within each other. */
const DEEPEST = 8;
/** A formula within a sentence. */
const MOST_INLINE_CHARACTERS = 1_000;
const MOST_INLINE_LINES = 5;

const ENVIRONMENTS =
  'align|align\\*|aligned|alignat|alignat\\*|alignedat|equation|equation\\*|gather|gather\\*|gathered|split|cases|rcases|dcases|' +
  'matrix|pmatrix|bmatrix|Bmatrix|vmatrix|Vmatrix|smallmatrix|array|CD|multline|multline\\*|eqnarray|eqnarray\\*';
const ENVIRONMENT = new RegExp(`\\\\begin\\{(${ENVIRONMENTS})\\}`, 'y');

const FENCE_LINE = /^[ \t]*(?:`{3,}|~{3,})/;
const HEADING_LINE = /^[ \t]*#{1,6}[ \t]/;
const ITEM_LINE = /^([ \t]*)(?:[-+*]|\d{1,9}[.)])[ \t]+/;
const QUOTE = /^[ \t]*((?:>[ \t]?)+)/;
const BLANK_LINE = /^[ \t]*$/;

/** Text within a formula, which may be prose. */
const TEX_TEXT =
  /\\(?:text[a-z]*|mathrm|mathbf|mathit|mathsf|mbox|operatorname\*?|tag\*?|label|begin|end|ce|pu)\s*\{[^{}]*\}/g;
const COMMAND = /\\[A-Za-z]+/g;
const FUNCTION =
  /(?<!\p{L})(?:sin|cos|tan|cot|sec|csc|arcsin|arccos|arctan|sinh|cosh|tanh|log|ln|lg|exp|max|min|sup|inf|lim|det|gcd|lcm|mod|dim|ker|deg|arg|Re|Im|Pr|dx|dy|dt)(?!\p{L})/gu;
const STRONG = /\\[A-Za-z]|[\^_]/;
const EVIDENCE = /[\\^_=+<>]/;
const WORDS = /(?:\p{L}{2,}[,;:]?\s+){2}\p{L}{2,}/u;
const CHINESE_PROSE = /[。！？；]|\p{Script=Han}{12,}/u;
const MARKUP = /\*\*\S|\]\(/;

const plainTex = (tex: string) =>
  tex
    .replace(TEX_TEXT, ' 1 ')
    .replace(/(?<!\\)%.*$/gm, '')
    .replace(COMMAND, ' ');

function isProse(tex: string): boolean {
  if (MARKUP.test(tex)) return true;
  const plain = plainTex(tex);
  return WORDS.test(plain) || CHINESE_PROSE.test(plain);
}

/** Whether every word is a letter or two, or the name of a function. */
const hasNoWords = (tex: string) => !/\p{L}{3,}|\p{Script=Han}/u.test(plainTex(tex).replace(FUNCTION, ''));
const hasLetter = (tex: string) => /[\p{L}\p{N}]/u.test(tex);

/** What opens and closes a displayed formula. */
interface Delimiters {
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

  constructor(
    private readonly delimiters: Delimiters,
    /** The line before the opening. */
    before: string,
  ) {
    const quote = QUOTE.exec(before)?.[1] ?? '';
    this.quote = quote.replace(/[^>]/g, '').length;
    const inQuote = before.slice(QUOTE.exec(before)?.[0].length ?? 0);
    this.itemIndent = ITEM_LINE.exec(inQuote)?.[0].length ?? null;
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
    if (this.delimiters.kind === '[') return !/^\d+$/.test(tex) && !(isFirst && body.charAt(end) === '(');
    if (isProse(tex) || (this.isInRow && crossesCells(tex))) return false;
    const first = this.texts[0] ?? '';
    if (isFirst) return tex === first || (hasNoWords(tex) && !/^[-–—/,:;|]/.test(tex)) || STRONG.test(tex);
    const isFramed = first.trim() === '' && body.slice(0, at).trim() === '';
    if (this.isAfterBlank) return EVIDENCE.test(tex) || (isFramed && hasNoWords(tex));
    return isFramed || EVIDENCE.test(tex);
  }
}

function upToClosing(body: string, { next }: Delimiters): string {
  next.lastIndex = 0;
  return body.slice(0, next.exec(body)?.index);
}

/** A bar between blanks that is not in brackets: the border of a table's cell. */
function crossesCells(tex: string): boolean {
  for (const bar of tex.matchAll(/(?<=\s)(?<!\\)\|(?=\s)/g)) {
    const before = tex.slice(0, bar.index);
    if ((before.match(/[([{]/g) ?? []).length === (before.match(/[)\]}]/g) ?? []).length) return true;
  }
  return false;
}

const DOLLARS: Delimiters['next'] = /\\\\|\\\$|\$+/g;
const BRACKETS: Delimiters['next'] = /\\\\|\\[[\]]/g;

function delimitersAt(text: string, at: number): { delimiters: Delimiters; after: number } | null {
  if (text.startsWith('$$', at)) return { delimiters: { kind: '$$', next: DOLLARS }, after: at + 2 };
  if (text.startsWith('\\[', at)) return { delimiters: { kind: '[', next: BRACKETS }, after: at + 2 };
  ENVIRONMENT.lastIndex = at;
  const environment = ENVIRONMENT.exec(text);
  if (!environment) return null;
  const [all, name = ''] = environment;
  const next = new RegExp(String.raw`\\(?:begin|end)\{${name.replace('*', '\\*')}\}`, 'g');
  return { delimiters: { kind: 'environment', next }, after: at + all.length };
}

/** What the reader of formulas skips, and where one may begin. */
const NEXT =
  /^(?<prefix>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*)(?<fence>`{3,}(?=[^`\n]*$)|~{3,})(?<info>[^\n]*)|(?<ticks>`+)|(?<url>https?:\/\/[^\s<>\p{Script=Han}，。；：！？、）（]*)|<[a-z][a-z\d+.-]*:[^<>\s]*>|\]\([^()\s]*\)|\\begin\{|\\[\s\S]|\$+/gimu;

/** The displayed formula that a line opens and does not close, for the block cutter. */
export function formulaOpenedBy(line: string): OpenFormula | null {
  if (!/\$\$|\\\[|\\begin\{/.test(line)) return null;
  const { open } = formulasOf(line);
  const opening = open && delimitersAt(line, open.start);
  if (!opening) return null;
  const formula = new OpenFormula(opening.delimiters, line.slice(0, open.start));
  return formula.read(line.slice(opening.after), true) === 'open' ? formula : null;
}

export function formulasOf(text: string): Formulas {
  const closed: Formula[] = [];
  if (!/[$\\]/.test(text)) return { closed, open: null };
  const reader = new Reader(text);
  const codeSpans = new CodeSpans(text);
  let open: Formula | null = null;
  const pattern = new RegExp(NEXT);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [mark] = match;
    const { prefix = '', fence, info = '', ticks } = match.groups ?? {};
    let end = match.index + mark.length;
    if (fence) end = fenceEnd(text, match.index, { prefix, fence, info })?.end ?? end;
    else if (ticks) end = codeSpans.endOf(ticks, end);
    else {
      const formula = reader.formulaAt(match.index, mark);
      if (formula?.isOpen && !open) open = formula;
      if (formula && !formula.isOpen) {
        closed.push(formula);
        end = formula.end;
      }
    }
    pattern.lastIndex = end;
  }
  return { closed, open };
}

class Reader {
  private hasTable: boolean | null = null;

  constructor(private readonly text: string) {}

  formulaAt(at: number, mark: string): (Formula & { isOpen: boolean }) | null {
    if (mark === '$') return this.dollar(at);
    if (mark === '\\(') return this.parenthesis(at);
    return mark === '$$' || mark === '\\[' || mark === '\\begin{' ? this.display(at) : null;
  }

  private display(at: number): (Formula & { isOpen: boolean }) | null {
    const opening = delimitersAt(this.text, at);
    if (!opening) return null;
    const { text } = this;
    const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
    const formula = new OpenFormula(opening.delimiters, before);
    let start = opening.after;
    for (let isFirst = true; ; isFirst = false) {
      const lineEnd = text.indexOf('\n', start);
      const line = text.slice(start, lineEnd < 0 ? undefined : lineEnd).replace(/\r$/, '');
      const result = formula.read(line, isFirst);
      if (result === null) return null;
      if (result !== 'open') return this.region(at, start + result, opening, formula.tex, true, false);
      if (lineEnd < 0) return this.region(at, text.length, opening, formula.tex, true, true);
      start = lineEnd + 1;
    }
  }

  private region(
    start: number,
    end: number,
    { delimiters: { kind } }: { delimiters: Delimiters },
    tex: string,
    isDisplay: boolean,
    isOpen: boolean,
  ) {
    return { start, end, tex: kind === 'environment' ? this.text.slice(start, end) : tex, isDisplay, isOpen };
  }

  private parenthesis(at: number): (Formula & { isOpen: boolean }) | null {
    const inside = this.sentence(at + 2);
    const closing = /\\\\|\\[()]/g;
    let match = closing.exec(inside.text);
    while (match?.[0] === '\\\\') match = closing.exec(inside.text);
    if (!match) {
      const tex = inside.text;
      return inside.isCut || !hasLetter(tex)
        ? null
        : { start: at, end: this.text.length, tex: tex.trim(), isDisplay: false, isOpen: true };
    }
    const tex = inside.text.slice(0, match.index);
    if (match[0] !== '\\)' || !hasLetter(tex)) return null;
    const end = at + 2 + match.index + 2;
    return { start: at, end, tex: this.withoutQuote(tex, at), isDisplay: false, isOpen: false };
  }

  private dollar(at: number): (Formula & { isOpen: boolean }) | null {
    const { text } = this;
    if (/[A-Za-z\d_]/.test(text.charAt(at - 1))) return null;
    const inside = this.sentence(at + 1);
    const closing = /\\[\s\S]|\$+/g;
    let match = closing.exec(inside.text);
    while (match && match[0] !== '$' && match[0].startsWith('\\')) match = closing.exec(inside.text);
    if (!match) {
      const isLikely =
        !inside.isCut && /^\\[A-Za-z]|^[A-Za-z]\w?[\^_]/.test(inside.text) && !isProse(inside.text);
      return isLikely
        ? { start: at, end: text.length, tex: inside.text.trim(), isDisplay: false, isOpen: true }
        : null;
    }
    const tex = inside.text.slice(0, match.index);
    const end = at + 1 + match.index + 1;
    if (match[0] !== '$' || !isInlineTex(tex, text.slice(end, end + 4))) return null;
    if (this.isInRow(at) && crossesCells(tex)) return null;
    return { start: at, end, tex: this.withoutQuote(tex, at), isDisplay: false, isOpen: false };
  }

  /** What a formula of a sentence may consist of: lines of the same paragraph that begin no other block. */
  private sentence(from: number): { text: string; isCut: boolean } {
    const slice = this.text.slice(from, from + MOST_INLINE_CHARACTERS);
    const end = /\n[ \t>]*(?:\n|[-+*#|]|\d{1,9}[.)][ \t]|`{3}|~{3})/.exec(slice)?.index ?? slice.length;
    const lines = slice.slice(0, end).split('\n', this.isInRow(from) ? 1 : MOST_INLINE_LINES);
    const text = lines.join('\n');
    return { text, isCut: from + text.length < this.text.length };
  }

  private isInRow(at: number): boolean {
    this.hasTable ??= /^[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+/m.test(this.text);
    if (!this.hasTable) return false;
    const end = this.text.indexOf('\n', at);
    return this.text.slice(this.text.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end).includes('|');
  }

  private withoutQuote(tex: string, at: number): string {
    if (!tex.includes('\n')) return tex.trim();
    const line = this.text.slice(this.text.lastIndexOf('\n', at - 1) + 1, at);
    return (QUOTE.test(line) ? tex.replace(/\n[ \t]*(?:>[ \t]?)+/g, '\n') : tex).trim();
  }
}

/** Whether what stands between two dollars is a formula, and not money or a path of a shell. */
function isInlineTex(tex: string, after: string): boolean {
  const trimmed = tex.trim();
  if (trimmed === '' || !hasLetter(trimmed)) return false;
  if (/^[\d{]/.test(after) || (trimmed.startsWith('(') && after.startsWith('('))) return false;
  if (isProse(trimmed)) return false;
  const isStrong = STRONG.test(trimmed);
  const isBeforeWord = /^[A-Za-z]/.test(after) && !/^(?:s|th|st|nd|rd)(?![A-Za-z\d])/.test(after);
  if (trimmed !== tex) return isStrong && !isBeforeWord && hasNoWords(trimmed) && !hasJoiner(trimmed);
  if (isBeforeWord && !/\\[A-Za-z]|\^/.test(trimmed)) return false;
  if (isStrong) return true;
  const plain = plainTex(trimmed).replace(FUNCTION, '');
  if (/^\d/.test(trimmed)) return !/\p{L}{2,}|[\p{Script=Han}，。；：、]|^[\d.,]+[/;:,]/u.test(plain);
  return !hasJoiner(trimmed) && !/\p{L}{2,}\s+\p{L}{2,}/u.test(plain) && !/[，。；：、]/.test(plain);
}

const hasJoiner = (tex: string) =>
  /(?<!\p{L})(?:and|or|to|is|the|for|per|of|with|vs)(?!\p{L})/u.test(plainTex(tex));
