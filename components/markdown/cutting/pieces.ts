import { continues } from './continues';

/** The two together are the paragraph to the letter. */
export interface Pieces {
  settled: readonly string[];
  open: string;
}

export interface PieceCutter {
  /** Null where the block is not one plain paragraph, or is not long. */
  cut(block: string): Pieces | null;
}

/** Characters after which a piece ends with its clause, where nothing is open in it. */
const SIZE = 600;
/** Characters after which it ends although something seems to be open: a mark without a partner, most likely. */
const LIMIT = 4_000;

const BLOCK_SYNTAX =
  /^(?:[ \t]|#{1,6}[ \t]|>|[-+*][ \t]|\d{1,9}[.)][ \t]|\||```|~~~|\$\$|<|\\\[|\[[^\]]*\]:)/;
const OTHER_LINE = /\n(?!\p{L})(?![ \t\n]*$)/u;
const CLAUSE = /[.!?;:,…]["”’)]? (?=\p{L})|[。！？；：，、](?=\p{L})/gu;
const SPACE = /\S (?=\p{L})/gu;

/**
 * Cuts a very long paragraph between clauses, where no emphasis, code or link is open: each piece, parsed by itself,
 * gives what it gives in the whole, so the work for a token is the work for the last piece. It reads each character
 * once, as the block cutter does.
 */
export function createPieceCutter(): PieceCutter {
  let text = '';
  let settled: string[] = [];
  let start = 0;
  let from = SIZE;

  return {
    cut(block) {
      if (!continues(block, text)) {
        settled = [];
        start = 0;
        from = SIZE;
      }
      const added = block.slice(Math.max(0, text.length - 1));
      text = block;
      if (block.length <= SIZE) return null;
      if (start === 0 && from === SIZE && BLOCK_SYNTAX.test(block)) return null;
      if (OTHER_LINE.test(start === 0 ? block : added)) return null;
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

/** The end of the first clause that ends behind `from`; far behind, of any word. */
function nextEnd(text: string, start: number, from: number): number | null {
  const pattern = from - start < LIMIT ? CLAUSE : SPACE;
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (match) return match.index + match[0].length;
  // No clause ends for very long: a word has to do.
  return pattern === CLAUSE && text.length - start > LIMIT * 2 ? nextEnd(text, start, start + LIMIT) : null;
}

/** What is whole: escapes, code, links, addresses, emphasis. A kind is a row. */
const WHOLE = [
  /\\[!-/:-@[-`{-~]/g,
  /(?<!`)(`+)(?!`)[^`]+\1(?!`)/g,
  /!?\[[^[\]<>]*\]\([^()<>\s]*(?: "[^"]*")?\)/g,
  /<(?:https?:|mailto:)[^<>\s]*>/g,
  /(?<![\w*])\*\*(?=[^\s*])[^*\n]*[^\s*]\*\*(?![\w*])/g,
  /(?<![\w*])\*(?=[^\s*])[^*\n]*[^\s*]\*(?![\w*])/g,
  /~~(?=[^\s~])[^~\n]*[^\s~]~~/g,
  // Marks that can begin nothing: between blanks, within a word, a price, a comparison.
  /(?<= )[*_<~-]+(?= )/g,
  /(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu,
];

function isClosed(piece: string): boolean {
  let rest = piece;
  // A sign in their place, not a blank: beside a blank the marks that follow would mean something else.
  for (const pattern of WHOLE) rest = rest.replace(pattern, '.');
  return !/[`*_~[\]<$\\]/.test(rest);
}
