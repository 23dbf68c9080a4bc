import { LineState } from './line-state';
import { type Region, regionMayOpen, regionOpenedBy } from './region';

/** `settled` joined, followed by `open`, is exactly the text. */
export interface Blocks {
  /** More text cannot change these. */
  settled: readonly string[];
  /** The rest, which more text can still change. */
  open: string;
}

export interface BlockCutter {
  cut(text: string): Blocks;
}

/** Where a region opens: the start of the line, and from where in it, after `skip` that turned out to be none. */
interface Opening {
  at: number;
  from: number;
  skip: number;
  /** Before that line was read; after it, if `from` is within the line. */
  state: LineState;
}

/**
 * Cuts a growing CommonMark text into blocks that can be parsed one by one: each renders as it does within the whole text
 * (except for definitions, see `reference-collector.ts`). Each character is read once, so a call costs only what was
 * added. A text that does not start with the previous one is cut from the beginning.
 *
 * It cuts only where that is certain: before a line at the margin that follows a blank line, unless it may continue a
 * list, and around fences and headings, and never within a formula or `details`. Where an indented fence may be inside or
 * outside of a list it gives up: the rest becomes one block, which is correct but slow.
 */
export function createBlockCutter(): BlockCutter {
  let text = '';
  let settled: string[] = [];
  let blockStart = 0;
  let lineStart = 0;
  let scanned = 0;
  let state = new LineState();
  /** A formula or `details` that may contain blank lines. */
  let region: Region | null = null;
  /** Where it opened, and how to read on from there if it turns out to be none. */
  let opened: Opening = { at: 0, from: 0, skip: 0, state };
  let retry: Opening | null = null;

  const reset = () => {
    settled = [];
    blockStart = lineStart = scanned = 0;
    state = new LineState();
    region = null;
    retry = null;
  };

  const cutAt = (index: number) => {
    state = new LineState();
    const block = text.slice(blockStart, index);
    if (!/[^ \t\r\n]/.test(block)) return;
    settled.push(block);
    blockStart = index;
  };

  const readLine = (line: string, end: number) => {
    if (region) return readInRegion(region, line, end);
    const again = retry?.at === lineStart ? retry : null;
    if (again && again.from > 0) openRegion(line, again);
    else {
      let before = regionMayOpen(line) ? state.copy() : null;
      let cut = state.read(line);
      if (cut === 'before') {
        cutAt(lineStart);
        before &&= state.copy();
        cut = state.read(line);
      }
      if (cut === 'after') cutAt(end);
      else if (before && !before.isInCode)
        openRegion(line, { at: lineStart, from: 0, skip: again?.skip ?? 0, state: before });
    }
    lineStart = end;
  };

  const openRegion = (line: string, opening: Opening) => {
    region = regionOpenedBy(line.slice(opening.from), opening.skip);
    opened = opening;
  };

  const readInRegion = (current: Region, line: string, end: number) => {
    const closed = current.read(line);
    if (closed === null) {
      // It was none: read its lines again, as what they are then.
      region = null;
      retry = { ...opened, skip: opened.skip + 1, state: opened.state.copy() };
      state = opened.state;
      lineStart = scanned = opened.at;
      return;
    }
    if (closed !== 'open') {
      region = null;
      if (current.isBlock) cutAt(end);
      else openRegion(line, { at: lineStart, from: closed, skip: 0, state: state.copy() });
    }
    lineStart = end;
  };

  return {
    cut(next) {
      if (!continues(next, text)) reset();
      text = next;
      for (let end = endOfLine(text, scanned); end !== null; end = endOfLine(text, scanned)) {
        scanned = end.after;
        readLine(text.slice(lineStart, end.at), end.after);
      }
      scanned = text.endsWith('\r') ? text.length - 1 : text.length;
      if (!region && state.beginsWith(text.charAt(lineStart))) cutAt(lineStart);
      return { settled, open: text.slice(blockStart) };
    },
  };
}

/** The blocks of a complete text. */
export function blocksOf(text: string): readonly string[] {
  const { settled, open } = createBlockCutter().cut(text);
  return open === '' ? settled : [...settled, open];
}

/** The next line ending. A carriage return at the very end does not count yet: a line feed may follow. */
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

/**
 * True if `text` starts with `before`. Comparing two strings of equal length is a memory comparison;
 * `startsWith` goes character by character, and was the most expensive part of a token in a long fence.
 */
export const continues = (text: string, before: string): boolean =>
  text.length >= before.length && text.slice(0, before.length) === before;
