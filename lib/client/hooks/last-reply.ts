import { client } from '../actions/client';
import { shownSession } from '../state/context';

/** The text of the newest reply on screen, as far as it has come; null: there is none. */
export function lastReply(): string | null {
  const sessionId = shownSession(client);
  const shown = sessionId === undefined ? undefined : client.conversations.of(sessionId);
  const replies = shown?.turnIds.map((id) => shown.turns[id]?.reply.content ?? '') ?? [];
  return replies.findLast((content) => content !== '') ?? null;
}
