import { earlyTitleOf, type Session } from '@/lib/chat/session';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { ClientContext } from '../state/context';
import { withEntry, withoutEntry } from '../state/recent-map';
import { extendSeen } from './mark-seen';

/** Stores sessions as the server returned them. One that is older than the stored one is ignored. */
export function mergeSessions(context: ClientContext, received: readonly Session[]): void {
  const { sessions } = context;
  extendSeen(context, received);
  const { byId } = sessions.getState();
  const newer = received.filter(({ id, updatedAt }) => updatedAt >= (byId[id]?.updatedAt ?? 0));
  sessions.setState({
    byId: { ...byId, ...Object.fromEntries(newer.map((session) => [session.id, session])) },
  });
}

/** Changes a stored session; does nothing if it is not stored. */
export function patchSession({ sessions }: ClientContext, sessionId: string, change: Partial<Session>): void {
  const { byId } = sessions.getState();
  const session = byId[sessionId];
  if (session) sessions.setState({ byId: { ...byId, [sessionId]: { ...session, ...change } } });
}

/** Puts a session into its place in its assistant's list, if that list is loaded. */
export function insertIntoList({ sessions }: ClientContext, { id, assistantId }: Session): void {
  const { byId, lists } = sessions.getState();
  const list = lists[assistantId];
  if (!list) return;
  const isNew = !list.ids.includes(id);
  const ids = (isNew ? [...list.ids, id] : [...list.ids]).sort((a, b) => compareInList(byId[a], byId[b]));
  sessions.setState({
    lists: { ...lists, [assistantId]: { ...list, ids, total: list.total + (isNew ? 1 : 0) } },
  });
}

/** The order of the server: pinned sessions first, then the newest. */
const compareInList = (a: Session | undefined, b: Session | undefined): number =>
  Number(b?.pinned ?? false) - Number(a?.pinned ?? false) || (b?.updatedAt ?? 0) - (a?.updatedAt ?? 0);

/** Removes a session from `sessions` and from every list. */
export function removeSession({ sessions }: ClientContext, sessionId: string): void {
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

/** Updates the session of a turn that began or ended, before the server's list of sessions shows it. */
export function updateSessionOf(context: ClientContext, sessionId: string, turn: Turn): void {
  const previous = context.sessions.getState().byId[sessionId];
  if (previous?.headTurnId === turn.id && previous.headStatus === turn.status) return;
  const session: Session = {
    ...(previous ?? newSession(sessionId, turn)),
    headTurnId: turn.id,
    headStatus: turn.status,
    activeTurnId: isLive(turn) ? turn.id : null,
    updatedAt: Math.max(previous?.updatedAt ?? 0, isLive(turn) ? turn.createdAt : turn.updatedAt),
  };
  context.sessions.setState(({ byId }) => ({ byId: { ...byId, [sessionId]: session } }));
  if (isLive(turn)) startSeen(context, sessionId, turn);
}

/** Marks a session that was never seen as seen just before this turn, so its reply counts as unread. */
function startSeen({ preferences }: ClientContext, sessionId: string, { createdAt }: Turn): void {
  const { seenAt } = preferences.getState();
  if (seenAt[sessionId] === undefined) {
    preferences.setState({ seenAt: withEntry(seenAt, sessionId, createdAt - 1) });
  }
}

const newSession = (id: string, { assistantId, createdAt, user }: Turn): Session => ({
  v: 1,
  id,
  assistantId,
  title: earlyTitleOf(user.content),
  preview: '',
  headTurnId: null,
  headStatus: null,
  activeTurnId: null,
  createdAt,
  updatedAt: createdAt,
  pinned: false,
  expiresAt: null,
});
