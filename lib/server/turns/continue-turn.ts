import { ChatError } from '@/lib/chat/chat-error';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { SendRequest } from '@/lib/server/http/request-schemas';
import type { Services } from '@/lib/server/services';

/** A send with every field filled in, and the text that its reply begins with. */
export interface ResolvedSend {
  send: SendRequest;
  replyStart?: Pick<Turn['reply'], 'content' | 'reasoning'>;
}

/**
 * Fills in a send with `continueFrom`: it becomes a version of that turn, with the same parent and user
 * message, and its reply begins as a copy of that turn's reply. Any other send is returned as it is.
 * @throws ChatError `bad_request` that names the field, `turn_in_progress`, `store_unavailable`.
 */
export async function resolveContinuation(
  { store }: Pick<Services, 'store'>,
  owner: string,
  send: SendRequest,
): Promise<ResolvedSend> {
  const { sessionId, continueFrom } = send;
  if (continueFrom === undefined) return { send };
  const stored = await store.turn({ owner, sessionId, turnId: continueFrom, now: Date.now() });
  if (!stored && send.lastTurnId !== undefined) throw new ChatError('store_unavailable', { reason: 'gone' });
  if (!stored || stored.turn.deletedAt !== undefined)
    throw refused('continueFrom: there is no such turn in this conversation');
  const { user, reply, parentId } = stored.turn;
  if (isLive(stored.turn)) throw new ChatError('turn_in_progress', { activeTurnId: continueFrom });
  if (reply.content.trim() === '') throw refused('continueFrom: that turn has no text to go on from');
  if (send.content.trim() !== '' && send.content !== user.content)
    throw refused('content: is not that of the turn that is continued');
  if (send.parentId !== undefined && send.parentId !== parentId)
    throw refused('parentId: is not that of the turn that is continued');
  return {
    send: { ...send, parentId, content: user.content, images: user.images.map(({ id }) => id) },
    replyStart: { content: reply.content, reasoning: reply.reasoning },
  };
}

const refused = (message: string) => new ChatError('bad_request', { message });
