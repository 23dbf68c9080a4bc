import type { Session } from '@/lib/chat/session';
import { isLive } from '@/lib/chat/turn';
import { type ClientContext, shownSession } from '../state/context';
import { withEntry } from '../state/recent-map';

/**
 * Notes that the conversation on screen was seen, if somebody looks: up to its last finished turn, or up to just
 * before its live one. All times are the server's, so that its clock is compared with itself.
 */
export function markSeen(context: ClientContext): void {
  const { conversations, sessions, preferences, page } = context;
  const sessionId = shownSession(context);
  const conversation = sessionId === undefined ? undefined : conversations.of(sessionId);
  const head = conversation?.turns[conversation.turnIds.at(-1) ?? ''];
  if (sessionId === undefined || !head || !page.visible()) return;

  const session = sessions.getState().byId[sessionId];
  const { seenAt } = preferences.getState();
  // The session is touched a moment after its turn has ended.
  const endedAt =
    session?.headTurnId === head.id ? Math.max(session.updatedAt, head.updatedAt) : head.updatedAt;
  const time = isLive(head) ? head.createdAt - 1 : endedAt;
  if (time > (seenAt[sessionId] ?? Number.NEGATIVE_INFINITY)) {
    preferences.setState({ seenAt: withEntry(seenAt, sessionId, time) });
  }
}

/**
 * What the list of sessions tells: one that was seen to the end of its head turn is seen up to the session's own time,
 * also where the person has moved on in between. To be called before the list is shown, or a mark would flash.
 */
export function confirmSeen({ conversations, preferences }: ClientContext, told: readonly Session[]): void {
  for (const { id, headTurnId, updatedAt } of told) {
    const { seenAt } = preferences.getState();
    const head = headTurnId === null ? undefined : conversations.of(id)?.turns[headTurnId];
    const seen = seenAt[id];
    if (!head || isLive(head) || seen === undefined) continue;
    if (seen >= head.updatedAt && seen < updatedAt) {
      preferences.setState({ seenAt: withEntry(seenAt, id, updatedAt) });
    }
  }
}
