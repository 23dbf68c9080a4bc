import { CodeSpans, FENCE_START, fenceEnd } from './code-in-markdown';
import {
  crossesCells,
  type Delimiters,
  delimitersAt,
  FUNCTION,
  hasLetter,
  hasNoWords,
  isEscapedText,
  isProse,
  OpenFormula,
  plainTex,
  QUOTE,
  STRONG,
} from './open-formula';

/** A formula and where it stands in the text. */
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

/** A formula within a sentence. */
const MOST_INLINE_CHARACTERS = 1_000;
const MOST_INLINE_LINES = 5;

/** What the reader of formulas skips, and where one may begin. */
const NEXT_IN_LINE =
  /(?<ticks>`+)|(?<url>https?:\/\/[^\s<>\p{Script=Han}，。；：！？、）（]*)|<[a-z][a-z\d+.-]*:[^<>\s]*>|<!--[^\n]*?-->|<[!?][^>\n]*>|<(?:script|pre|style|textarea)[ >][^\n]*?<\/(?:script|pre|style|textarea)>|\]\([^()\s]*\)|\\begin\{|\\[\s\S]|\$+/u;
const NEXT = new RegExp(`${FENCE_START.source}|${NEXT_IN_LINE.source}`, 'gimu');

/**
 * The displayed formula that a line opens and does not close, for the block cutter; `skip` if the first ones turned out to
 * be none.
 */
export function formulaOpenedBy(line: string, skip: number): OpenFormula | null {
  if (!/\$\$|\\\[|\\begin\{/.test(line)) return null;
  const starts = readFormulas(line).open.flatMap(({ start }) => {
    const opening = delimitersAt(line, start);
    return opening ? [{ ...opening, start }] : [];
  });
  const opening = starts[skip];
  if (!opening) return null;
  const formula = new OpenFormula(opening.delimiters, line.slice(0, opening.start));
  return formula.read(line.slice(opening.after), true) === 'open' ? formula : null;
}

/**
 * Finds the formulas of a Markdown text as models write them: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and
 * `\begin{align}…\end{align}`, in a line or over several. Money, shell variables and whatever does not close stay text.
 */
export function formulasOf(text: string): Formulas {
  const { closed, open } = readFormulas(text);
  return { closed, open: open[0] ?? null };
}

function readFormulas(text: string): { closed: Formula[]; open: Formula[] } {
  const closed: Formula[] = [];
  const open: Formula[] = [];
  if (!/[$\\]/.test(text)) return { closed, open };
  const reader = new Reader(text);
  const codeSpans = new CodeSpans(text);
  const pattern = new RegExp(NEXT);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [mark] = match;
    const { prefix = '', fence, info = '', ticks } = match.groups ?? {};
    let end = match.index + mark.length;
    if (fence) end = fenceEnd(text, match.index, { prefix, fence, info })?.end ?? end;
    else if (ticks) end = codeSpans.endOf(ticks, end);
    else {
      const formula = reader.formulaAt(match.index, mark);
      if (formula?.isOpen) open.push(formula);
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
      if (result !== 'open') return this.region(at, start + result, opening, formula.tex, false);
      if (lineEnd < 0) return this.region(at, text.length, opening, formula.tex, true);
      start = lineEnd + 1;
    }
  }

  private region(
    start: number,
    end: number,
    { delimiters: { kind } }: { delimiters: Delimiters },
    tex: string,
    isOpen: boolean,
  ) {
    return {
      start,
      end,
      tex: kind === 'environment' ? this.text.slice(start, end) : tex,
      isDisplay: true,
      isOpen,
    };
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
    if (match[0] !== '\\)' || !hasLetter(tex) || isEscapedText(tex)) return null;
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
    // Two formulas without a blank between them.
    const isFollowed =
      match[0] === '$$' &&
      /^\$[^$\s](?:[^$\n]*[^$\s])?\$(?!\$)/.test(text.slice(end, end + MOST_INLINE_CHARACTERS));
    if (match[0] !== '$' && !isFollowed) return null;
    if (!isInlineTex(tex, text.slice(end, end + 4))) return null;
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
  if (/^[ \t]*\n[\s\S]*\n[ \t]*$/.test(tex)) return !isBeforeWord && hasNoWords(trimmed);
  if (trimmed !== tex) return isStrong && !isBeforeWord && hasNoWords(trimmed) && !hasJoiner(trimmed);
  if (isBeforeWord && !/\\[A-Za-z]|\^/.test(trimmed)) return false;
  if (isStrong) return true;
  const plain = plainTex(trimmed).replace(FUNCTION, '');
  if (/^\d/.test(trimmed)) return !/\p{L}{2,}|[\p{Script=Han}，。；：、]|^[\d.,]+[/;:,]/u.test(plain);
  return !hasJoiner(trimmed) && !/\p{L}{2,}\s+\p{L}{2,}/u.test(plain) && !/[，。；：、]/.test(plain);
}

const hasJoiner = (tex: string) =>
  /(?<!\p{L})(?:and|or|to|is|the|for|per|of|with|vs)(?!\p{L})/u.test(plainTex(tex));

/** A formula with its source, delimiters included. */
export interface HiddenFormula extends Formula {
  source: string;
}

export interface HiddenFormulas {
  /** In it, `mark index mark` stands for each formula. */
  text: string;
  /** A character that the source does not contain, neither a blank nor punctuation. */
  mark: string;
  formulas: readonly HiddenFormula[];
}

const PRIVATE_USE = 0xe100;

/** Takes the formulas out of a text, so that their signs are not read as Markdown. */
export function hideFormulas(source: string, { closed }: Formulas = formulasOf(source)): HiddenFormulas {
  let code = PRIVATE_USE;
  while (source.includes(String.fromCharCode(code))) code += 1;
  const mark = String.fromCharCode(code);
  let text = '';
  let end = 0;
  for (const [index, formula] of closed.entries()) {
    text += `${source.slice(end, formula.start)}${mark}${index}${mark}`;
    end = formula.end;
  }
  const formulas = closed.map((formula) => ({
    ...formula,
    source: source.slice(formula.start, formula.end),
  }));
  return { text: text + source.slice(end), mark, formulas };
}

/** Puts the formulas back, each as `write` has it. */
export const showFormulas = (
  text: string,
  { mark, formulas }: HiddenFormulas,
  write: (formula: HiddenFormula) => string,
): string =>
  formulas.length === 0
    ? text
    : text.replace(new RegExp(`${mark}(\\d+)${mark}`, 'g'), (all, index: string) => {
        const formula = formulas[Number(index)];
        return formula ? write(formula) : all;
      });
