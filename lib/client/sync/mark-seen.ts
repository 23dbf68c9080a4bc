import type { Session } from '@/lib/chat/session';
import { isLive } from '@/lib/chat/turn';
import { type ClientContext, shownSession } from '../state/context';
import { withEntry } from '../state/recent-map';

/**
 * If the page is visible, records how far the session on screen was seen: to the end of its last turn, or to
 * just before a live one. All times are the server's, so that its clock is only compared with itself.
 */
export function markSeen(context: ClientContext): void {
  const { conversations, sessions, preferences, page } = context;
  const sessionId = shownSession(context);
  const conversation = sessionId === undefined ? undefined : conversations.of(sessionId);
  const head = conversation?.turns[conversation.turnIds.at(-1) ?? ''];
  if (sessionId === undefined || !head || !page.isVisible()) return;

  const session = sessions.getState().byId[sessionId];
  const { seenAt } = preferences.getState();
  // The server updates the session a moment after its turn has ended.
  const endedAt =
    session?.headTurnId === head.id ? Math.max(session.updatedAt, head.updatedAt) : head.updatedAt;
  const time = isLive(head) ? head.createdAt - 1 : endedAt;
  if (time > (seenAt[sessionId] ?? Number.NEGATIVE_INFINITY)) {
    preferences.setState({ seenAt: withEntry(seenAt, sessionId, time) });
  }
}

/**
 * A session that was seen to the end of its head turn counts as seen up to its own, slightly later
 * `updatedAt`, even if another session is on screen by now. Call it before storing the sessions, or the
 * unread mark would flash.
 */
export function extendSeen(
  { conversations, preferences }: ClientContext,
  received: readonly Session[],
): void {
  for (const { id, headTurnId, updatedAt } of received) {
    const { seenAt } = preferences.getState();
    const head = headTurnId === null ? undefined : conversations.of(id)?.turns[headTurnId];
    const seen = seenAt[id];
    if (!head || isLive(head) || seen === undefined) continue;
    if (seen >= head.updatedAt && seen < updatedAt) {
      preferences.setState({ seenAt: withEntry(seenAt, id, updatedAt) });
    }
  }
}
