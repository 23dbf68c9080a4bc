import { continues } from '../cutting/blocks';
import { HIGHLIGHT_LIMIT, type Token, tokensOf } from './highlight';

/** Tokens of some lines, the same array as long as they do not change. */
export type Step = readonly Token[];

export interface StreamedTokens {
  /** In groups, of which only the last one grows. Joined, they are the code up to `tail`. */
  groups: readonly (readonly Step[])[];
  /** What more code can still change: an unfinished line, or a comment or string that is still open. */
  tail: string;
}

/** `mayAdd`: whether lines may leave the tail. */
export type ReadStreamed = (code: string, mayAdd?: boolean) => StreamedTokens;

/** A group takes no more lines from this many characters on. */
const GROUP_CHARACTERS = 2_000;

/**
 * Highlights growing code line by line: a line that has ended is read once. What has been read before does not change
 * the tokens of a code, so it may be called while rendering.
 */
export function createStreamedHighlighter(family: RegExp): ReadStreamed {
  let text = '';
  let groups: Step[][] = [];
  let groupLength = 0;
  /** Up to here the code has its tokens; up to `read`, lines have been read. */
  let settled = 0;
  let read = 0;

  const add = (step: Step, length: number) => {
    const group = groupLength < GROUP_CHARACTERS ? groups.at(-1) : undefined;
    // A new array, so that the group is rendered again.
    if (group) groups = [...groups.slice(0, -1), [...group, step]];
    else groups = [...groups, [step]];
    groupLength = group ? groupLength + length : length;
  };

  return (code, mayAdd = true) => {
    if (!continues(code, text)) {
      groups = [];
      groupLength = settled = read = 0;
    }
    text = code;
    const end = code.lastIndexOf('\n') + 1;
    if (mayAdd && end > read && end <= HIGHLIGHT_LIMIT) {
      const lines = code.slice(settled, end);
      const all = tokensOf(lines, family);
      // A token that ends only where the lines end is still open: a comment, or a string of several lines.
      const length = all.lastEnd === lines.length ? all.lastStart : lines.length;
      const { tokens } = length < lines.length ? tokensOf(lines.slice(0, length), family) : all;
      if (length > 0) add(tokens, length);
      settled += length;
      read = end;
    }
    return { groups, tail: code.slice(settled) };
  };
}
