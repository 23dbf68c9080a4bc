import type { StoreReason } from '@/lib/chat/errors';
import { type Failure, failureAdvice, failureText, type Kept } from '@/lib/chat/strings/failure-text';
import { stringsWithStorage } from '@/lib/chat/strings/storage-failures';
import { turnFooterStrings } from '@/lib/chat/strings/turn-footer';
import { turnNote } from '@/lib/chat/strings/turn-note';
import type { Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';

const strings = stringsWithStorage('en');

/** What the page shows for a reply that ended this way. */
export function describeReply(turn: Turn): string {
  const note = turnNote(turn, strings, turnFooterStrings('en'));
  const text = turn.reply.content || turn.reply.reasoning;
  if (!note) return turn.status === 'done' ? 'The full reply.' : `A reply that is ${turn.status}.`;
  return `${text ? 'The text so far and ' : ''}“${note.text}”`;
}

/** The banner above every conversation while the store has this problem. */
export const quoteBanner = (reason: StoreReason | undefined): string =>
  `“${failureText(strings, { code: 'store_unavailable', reason }, 'tab')}”`;

export const quoteFailure = (failure: Failure, kept: Kept): string =>
  `“${failureText(strings, failure, kept)}”`;

export const quoteAdvice = (failure: Failure): string => `“${failureAdvice(strings, failure)}”`;

/** How much of a turn is stored, compared with what its first reader received. */
export function describeSaved(history: HistoryAnswer, seen: Turn): string {
  const found = history.turns.find(({ id }) => id === seen.id);
  if (!found)
    return history.total === 0 ? 'Nothing of this conversation.' : 'The earlier turns, but not this one.';
  if (found.status === 'streaming') return 'A reply that never ended.';
  const same = found.reply.content === seen.reply.content && found.reply.reasoning === seen.reply.reasoning;
  if (!same) return `Different text than was shown: ${JSON.stringify([seen.reply, found.reply])}`;
  if (found.status === 'done') return 'The message and the full reply.';
  const text = found.reply.content || found.reply.reasoning;
  return text ? 'The message and the text so far.' : 'The message.';
}
