import type { TurnStatus } from './turn';

/** One conversation with one assistant, of one owner. */
export interface Session {
  v: 1;
  id: string;
  assistantId: string;
  title: string;
  /** The newest text of the conversation, in one line. */
  preview: string;
  headTurnId: string | null;
  headStatus: TurnStatus | null;
  activeTurnId: string | null;
  createdAt: number;
  updatedAt: number;
  pinned: boolean;
  /** Milliseconds since the epoch; null: kept forever. */
  expiresAt: number | null;
}

export const TITLE_GRAPHEMES = 60;

/**
 * The title of a new conversation until the server's is there (`titleOf` in `text/plain-line.ts`); none for a message that
 * may have markup, which the page's first load cannot read.
 */
export const earlyTitleOf = (text: string): string =>
  /[#*_`$\\|~[<&]/.test(text) ? '' : oneLine(text, TITLE_GRAPHEMES);

const graphemes = new Intl.Segmenter();
/** Characters that are always one grapheme each, in any combination. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** What can be seen: no white space, and none of the characters that have no width. */
const VISIBLE = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** True if nobody can see the text, such as a title of zero-width spaces. */
export const isBlank = (text: string): boolean => !VISIBLE.test(text);

/**
 * The text with white space collapsed, empty if it is blank, cut with an ellipsis to at most `limit` graphemes (user-perceived characters).
 */
export function oneLine(text: string, limit: number): string {
  // Only the start of a long text is read: a grapheme seldom has more than 16 code units.
  const folded = text
    .slice(0, limit * 16)
    .replace(/\s+/gu, ' ')
    .trim();
  if (isBlank(folded)) return '';
  return folded.length <= limit || endOf(folded, limit) === folded.length
    ? folded
    : `${folded.slice(0, endOf(folded, limit - 1)).trimEnd()}…`;
}

/** The index after the first `count` graphemes. Runs twice per turn, so ASCII text skips the slow segmenter. */
function endOf(text: string, count: number): number {
  if (PRINTABLE_ASCII.test(text.slice(0, count + 1))) return Math.min(count, text.length);
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (count-- === 0) break;
    end = index + segment.length;
  }
  return end;
}
