import { continues } from './continues';
import { Place } from './line-state';

/** The two together are the text to the letter. */
export interface Blocks {
  /** Never change again, whatever follows. */
  settled: readonly string[];
  /** May still become anything. */
  open: string;
}

export interface BlockCutter {
  cut(text: string): Blocks;
}

/**
 * Cuts a growing text where a document of CommonMark can be cut: each block, parsed by itself, gives what it gives in
 * the whole (definitions aside: `references.ts`). It reads each character once, so that the work of a call is what was
 * added, however long the text is. A text that does not begin with the last one starts anew.
 *
 * It cuts only where that is certain, so that it needs to know little: a line at the margin after a blank line begins
 * a block, unless it may go on with a list; so do a fence and a heading. Where an indented fence may be inside or
 * outside of a list it gives up: the rest is one block, right but slow.
 */
export function createBlockCutter(): BlockCutter {
  let text = '';
  let settled: string[] = [];
  let blockStart = 0;
  let lineStart = 0;
  let scanned = 0;
  let place = new Place();

  const cutAt = (index: number) => {
    place = new Place();
    const block = text.slice(blockStart, index);
    if (!/[^ \t\r\n]/.test(block)) return;
    settled.push(block);
    blockStart = index;
  };

  const readLine = (line: string, end: number) => {
    let cut = place.read(line);
    if (cut === 'before') {
      cutAt(lineStart);
      cut = place.read(line);
    }
    if (cut === 'after') cutAt(end);
    lineStart = end;
  };

  return {
    cut(next) {
      if (!continues(next, text)) {
        settled = [];
        blockStart = lineStart = scanned = 0;
        place = new Place();
      }
      text = next;
      for (let end = endOfLine(text, scanned); end !== null; end = endOfLine(text, scanned)) {
        scanned = end.after;
        readLine(text.slice(lineStart, end.at), end.after);
      }
      scanned = text.endsWith('\r') ? text.length - 1 : text.length;
      if (place.beginsWith(text.charAt(lineStart))) cutAt(lineStart);
      return { settled, open: text.slice(blockStart) };
    },
  };
}

/** The blocks of a text that is whole. */
export function blocksOf(text: string): readonly string[] {
  const { settled, open } = createBlockCutter().cut(text);
  return open === '' ? settled : [...settled, open];
}

/** A carriage return that is the last character may be half of an ending: it is none yet. */
function endOfLine(text: string, from: number): { at: number; after: number } | null {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10) return { at: index, after: index + 1 };
    if (code !== 13) continue;
    if (index + 1 === text.length) return null;
    return { at: index, after: text.charCodeAt(index + 1) === 10 ? index + 2 : index + 1 };
  }
  return null;
}
