import type { Session } from '@/lib/chat/session';
import { titleOf } from '@/lib/chat/session';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { ClientContext } from '../state/context';
import { withEntry, withoutEntry } from '../state/recent-map';
import { confirmSeen } from './mark-seen';

/** What the server says of sessions. An answer older than what is known already is late, and dropped. */
export function noteSessions(context: ClientContext, told: readonly Session[]): void {
  const { sessions } = context;
  confirmSeen(context, told);
  const { byId } = sessions.getState();
  const newer = told.filter(({ id, updatedAt }) => updatedAt >= (byId[id]?.updatedAt ?? 0));
  sessions.setState({
    byId: { ...byId, ...Object.fromEntries(newer.map((session) => [session.id, session])) },
  });
}

/** Changes what is known of a session, if it is known. */
export function patchSession({ sessions }: ClientContext, sessionId: string, change: Partial<Session>): void {
  const { byId } = sessions.getState();
  const known = byId[sessionId];
  if (known) sessions.setState({ byId: { ...byId, [sessionId]: { ...known, ...change } } });
}

/** Puts a session where it belongs in its assistant's list, if that was read. */
export function listSession({ sessions }: ClientContext, { id, assistantId }: Session): void {
  const { byId, lists } = sessions.getState();
  const list = lists[assistantId];
  if (!list) return;
  const isNew = !list.ids.includes(id);
  const ids = (isNew ? [...list.ids, id] : [...list.ids]).sort((a, b) => inList(byId[a], byId[b]));
  sessions.setState({
    lists: { ...lists, [assistantId]: { ...list, ids, total: list.total + (isNew ? 1 : 0) } },
  });
}

/** As the server has it: pinned on top, then newest first. */
const inList = (a: Session | undefined, b: Session | undefined): number =>
  Number(b?.pinned ?? false) - Number(a?.pinned ?? false) || (b?.updatedAt ?? 0) - (a?.updatedAt ?? 0);

/** Gone from every list. */
export function dropSession({ sessions }: ClientContext, sessionId: string): void {
  const { byId, lists } = sessions.getState();
  sessions.setState({
    byId: withoutEntry(byId, sessionId),
    lists: Object.fromEntries(
      Object.entries(lists).map(([assistantId, list]) => {
        const ids = list.ids.filter((id) => id !== sessionId);
        return [assistantId, { ...list, ids, total: list.total - (list.ids.length - ids.length) }];
      }),
    ),
  });
}

/** What a turn's beginning or end says of its session, before the list of sessions says it. */
export function noteTurn(context: ClientContext, sessionId: string, turn: Turn): void {
  const known = context.sessions.getState().byId[sessionId];
  if (known?.headTurnId === turn.id && known.headStatus === turn.status) return;
  const session: Session = {
    ...(known ?? newSession(sessionId, turn)),
    headTurnId: turn.id,
    headStatus: turn.status,
    activeTurnId: isLive(turn) ? turn.id : null,
    updatedAt: Math.max(known?.updatedAt ?? 0, isLive(turn) ? turn.createdAt : turn.updatedAt),
  };
  context.sessions.setState(({ byId }) => ({ byId: { ...byId, [sessionId]: session } }));
  if (isLive(turn)) notSeenToItsEnd(context, sessionId, turn);
}

/** From now on the end of this reply is news, until it has been on screen. */
function notSeenToItsEnd({ preferences }: ClientContext, sessionId: string, { createdAt }: Turn): void {
  const { seenAt } = preferences.getState();
  if (seenAt[sessionId] === undefined) {
    preferences.setState({ seenAt: withEntry(seenAt, sessionId, createdAt - 1) });
  }
}

const newSession = (id: string, { assistantId, createdAt, user }: Turn): Session => ({
  v: 1,
  id,
  assistantId,
  title: titleOf(user.content),
  preview: '',
  headTurnId: null,
  headStatus: null,
  activeTurnId: null,
  createdAt,
  updatedAt: createdAt,
  pinned: false,
  expiresAt: null,
});
