import type { Session } from '@/lib/chat/session';
import type { Preferences } from './preferences';

export type TabState = 'idle' | 'replying' | 'unread' | 'waiting' | 'failed';

/** Of several conversations of one assistant, the most urgent state is shown. */
const URGENCY: readonly TabState[] = ['idle', 'unread', 'waiting', 'failed', 'replying'];

export interface Known {
  sessions: Readonly<Record<string, Session>>;
  /** The conversation on screen, and the turn that is live there. What is on screen is seen: only `replying` shows. */
  shown: { sessionId: string; activeTurnId: string | null } | null;
}

/** The mark of every assistant of which something is known. */
export function tabStates(
  { sessions, shown }: Known,
  { seenAt, outbox }: Pick<Preferences, 'seenAt' | 'outbox'>,
): Record<string, TabState> {
  const states = new Map<string, TabState>();
  const raise = (assistantId: string, state: TabState) => {
    const known = states.get(assistantId) ?? 'idle';
    states.set(assistantId, URGENCY.indexOf(state) > URGENCY.indexOf(known) ? state : known);
  };

  for (const session of Object.values(sessions)) {
    const isShown = session.id === shown?.sessionId;
    const isLive = (isShown ? shown.activeTurnId : session.activeTurnId) !== null;
    if (isLive) raise(session.assistantId, 'replying');
    else raise(session.assistantId, isShown ? 'idle' : outcome(session, seenAt[session.id]));
  }
  for (const entry of outbox) {
    if (entry.state === 'sending') raise(entry.assistantId, 'replying');
    else if (entry.sessionId !== shown?.sessionId) raise(entry.assistantId, entry.state);
  }
  return Object.fromEntries(states);
}

/** A conversation that this browser never showed has no `seenAt`, and is not called unread. */
function outcome(session: Session, seenAt: number | undefined): TabState {
  if (seenAt === undefined || session.updatedAt <= seenAt) return 'idle';
  switch (session.headStatus) {
    case 'failed':
    case 'interrupted':
      return 'failed';
    case 'done':
    case 'stopped':
      return 'unread';
    case 'streaming':
    case null:
      return 'idle';
  }
}
