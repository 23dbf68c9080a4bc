import { hideFormulas } from '@/lib/chat/text/formulas';
import { CJK } from '../remark/prepare-source';
import { continues } from './blocks';

/** `settled` joined, followed by `open`, is exactly the paragraph. */
export interface Pieces {
  settled: readonly string[];
  open: string;
}

export interface PieceCutter {
  /** Null if the block is short, or not one plain paragraph. */
  cut(block: string): Pieces | null;
}

/** After this many characters, a piece ends with its clause if no markup is open in it. */
const SIZE = 600;
/** After this many characters, it ends even if markup seems open: most likely a mark without a partner. */
const LIMIT = 4_000;

/** The start of a block that is not a plain paragraph. */
const BLOCK_SYNTAX =
  /^(?:[ \t]|#{1,6}[ \t]|>|[-+*][ \t]|\d{1,9}[.)][ \t]|\||```|~~~|\$\$|<|\\\[|\[[^\]]*\]:)/;
/** A line that does not begin with a letter: it may end the paragraph, or change what it is. */
const OTHER_LINE = /\n(?!\p{L})(?![ \t\n]*$)/u;
/** The end of a clause, up to the letter that begins the next. */
const CLAUSE = /[.!?;:,…]["”’)]? (?=\p{L})|[。！？；：，、](?=\p{L})/gu;
/** The end of a word, likewise. */
const SPACE = /\S (?=\p{L})/gu;

/**
 * Cuts a very long paragraph between clauses, where no emphasis, code or link is open. Each piece renders as it does
 * within the whole paragraph, so a token costs the work of the last piece. Each character is read once, as in the block
 * cutter.
 */
export function createPieceCutter(): PieceCutter {
  let text = '';
  let settled: string[] = [];
  let start = 0;
  let from = SIZE;
  /** A line of it begins another block, or may: it stays whole. */
  let isWhole = false;

  return {
    cut(block) {
      if (!continues(block, text)) {
        settled = [];
        start = 0;
        from = SIZE;
        isWhole = false;
      }
      // From the start of a line whose first letter had not arrived.
      const lineStart = text.search(/\n[ \t\n]*$/);
      const added = block.slice(lineStart < 0 ? Math.max(0, text.length - 1) : lineStart);
      text = block;
      if (block.length <= SIZE) return null;
      if (start === 0 && from === SIZE && BLOCK_SYNTAX.test(block)) return null;
      isWhole ||= OTHER_LINE.test(start === 0 ? block : added);
      if (isWhole) return null;
      for (let end = nextEnd(block, start, from); end !== null; end = nextEnd(block, start, from)) {
        from = end;
        if (end - start < LIMIT && !isClosed(block.slice(start, end))) continue;
        settled.push(block.slice(start, end));
        start = end;
        from = start + SIZE;
      }
      return settled.length === 0 ? null : { settled, open: block.slice(start) };
    },
  };
}

/** The end of the first clause after `from`; if the piece is very long already, of the first word. */
function nextEnd(text: string, start: number, from: number): number | null {
  const pattern = from - start < LIMIT ? CLAUSE : SPACE;
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (match) return match.index + match[0].length;
  // There is no end of a clause for very long: cut after a word.
  return pattern === CLAUSE && text.length - start > LIMIT * 2 ? nextEnd(text, start, start + LIMIT) : null;
}

/** What binds tighter than emphasis, so that the one which begins first wins: escapes, code, links, URLs. */
const TIGHT = new RegExp(
  [
    /\\[!-'*-/:-@\]-`{-~\\]/,
    /(?<!`)(`+)(?!`)[^`]+\1(?!`)/,
    /!?\[[^[\]<>`\\]*\]\([^()<>\s`\\]*(?: "[^"`\\]*")?\)/,
    /<(?:https?:|mailto:)[^<>\s]*>/,
    new RegExp(`(?<![a-z])https?:\\/\\/[^\\s<${CJK}]*[^\\s<!-/:-@\\[-\`{-~${CJK}]`, 'u'),
  ]
    .map(({ source }) => source)
    .join('|'),
  'giu',
);
/** Marks that open nothing: between spaces or within a word. */
const INERT = /(?<= )[*_<~-]+(?= )|(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu;
/** One mark in another is complete before the outer one is. */
const EMPHASIS = ['*', '~~', '**', '*'].map(pairOf);

/**
 * Two marks that can only pair with each other, with no open mark between them. Beside punctuation a mark may open
 * nothing, and the second one pair with a third.
 */
function pairOf(mark: string): RegExp {
  const letter = String.raw`[\p{L}\p{N}]`;
  const text = mark.replaceAll('*', '\\*');
  const own = text.slice(-1);
  const opening = `(?<!${own === '*' ? '\\*' : own})(?:(?<!${letter})${text}(?=[^\\s${own}])|${text}(?=${letter}))`;
  const closing = `(?:(?<=${letter})${text}|(?<=[^\\s${own}])${text}(?!${letter}))(?!${own === '*' ? '\\*' : own})`;
  return new RegExp(`${opening}[^\`*_~[\\]<$\\\\]+?${closing}`, 'gu');
}

function isClosed(piece: string): boolean {
  // Not replaced by a space: next to a space the marks that follow would mean something else.
  const { text, mark } = hideFormulas(piece);
  let rest = text.replaceAll(mark, '.').replace(TIGHT, (match) => (/^https?:/i.test(match) ? 'a' : '.'));
  rest = [INERT, ...EMPHASIS].reduce((text, pattern) => text.replace(pattern, '.'), rest);
  return !/[`*_[\]<$\\]|~~/.test(rest);
}
