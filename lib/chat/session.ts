import type { TurnStatus } from './turn';

/** One conversation with one assistant, of one owner. */
export interface Session {
  v: 1;
  id: string;
  assistantId: string;
  title: string;
  /** The last words of the conversation, one line. */
  preview: string;
  headTurnId: string | null;
  headStatus: TurnStatus | null;
  activeTurnId: string | null;
  createdAt: number;
  updatedAt: number;
  pinned: boolean;
  /** Milliseconds since the epoch; null = kept for ever. */
  expiresAt: number | null;
}

const TITLE_GRAPHEMES = 60;
const PREVIEW_GRAPHEMES = 80;

/** A title made of the first words of a conversation. A fence before them is no word. */
export const titleOf = (text: string): string => oneLine(text.replace(/^`{3,}\n/, ''), TITLE_GRAPHEMES);

/** The last words of a conversation, for a list of conversations. */
export const previewOf = (text: string): string => oneLine(text, PREVIEW_GRAPHEMES);

const graphemes = new Intl.Segmenter();
/** Each of these is one grapheme, whatever of them stands before and after it. */
const PLAIN = /^[\x20-\x7e]*$/;

/** At most `limit` graphemes (what a reader calls a character), white space folded, cut with an ellipsis. */
export function oneLine(text: string, limit: number): string {
  // A grapheme seldom has more than a few code units: a bounded slice keeps the cost off the text's length.
  const folded = text
    .slice(0, limit * 16)
    .replace(/\s+/gu, ' ')
    .trim();
  return folded.length <= limit || endOf(folded, limit) === folded.length
    ? folded
    : `${folded.slice(0, endOf(folded, limit - 1)).trimEnd()}…`;
}

/** Where the first `count` graphemes end. Every turn asks it twice: plain text is spared the segmenter. */
function endOf(text: string, count: number): number {
  if (PLAIN.test(text.slice(0, count + 1))) return Math.min(count, text.length);
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (count-- === 0) break;
    end = index + segment.length;
  }
  return end;
}
