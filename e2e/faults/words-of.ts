import type { StoreReason } from '@/lib/chat/errors';
import { stringsFor } from '@/lib/chat/strings';
import { type Failure, failureText, type Kept } from '@/lib/chat/strings/failure-text';
import { turnNote } from '@/lib/chat/strings/turn-note';
import type { Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/client/wire';

const strings = stringsFor('en');

/** What the page says of a reply that ended like this. */
export function replyWords(turn: Turn): string {
  const note = turnNote(turn, strings);
  const text = turn.reply.content || turn.reply.reasoning;
  if (!note) return turn.status === 'done' ? 'The whole reply.' : `A reply that is ${turn.status}.`;
  return `${text ? 'The text so far, and ' : ''}“${note.text}”`;
}

/** The line that the page shows above every conversation while the store is like this. */
export const bannerWords = (reason: StoreReason | undefined): string =>
  `“${failureText(strings, { code: 'store_unavailable', reason }, 'tab')}”`;

export const failureWords = (failure: Failure, kept: Kept): string =>
  `“${failureText(strings, failure, kept)}”`;

/** What a reader finds later of a turn that was sent: by comparison with what its first reader had. */
export function keptWords(history: HistoryAnswer, seen: Turn): string {
  const found = history.turns.find(({ id }) => id === seen.id);
  if (!found)
    return history.total === 0 ? 'Nothing of this conversation.' : 'The turns before, not this one.';
  if (found.status === 'streaming') return 'A reply that never ended.';
  const same = found.reply.content === seen.reply.content && found.reply.reasoning === seen.reply.reasoning;
  if (!same) return `Another text than was seen: ${JSON.stringify([seen.reply, found.reply])}`;
  if (found.status === 'done') return 'The message and the whole reply.';
  const text = found.reply.content || found.reply.reasoning;
  return text ? 'The message and the text so far.' : 'The message.';
}
