import type { Session } from '@/lib/chat/session';
import type { Preferences } from './preferences';

export type AssistantState = 'idle' | 'replying' | 'unread' | 'waiting' | 'failed';

/** An assistant with several conversations shows their most urgent state. */
const URGENCY: readonly AssistantState[] = ['idle', 'unread', 'waiting', 'failed', 'replying'];

export interface LoadedSessions {
  sessions: Readonly<Record<string, Session>>;
  /** The session on screen and its live turn. It counts as seen, so it is either `replying` or `idle`. */
  shown: { sessionId: string; activeTurnId: string | null } | null;
}

/** The state of every assistant that has a session or an unsent message. */
export function assistantStates(
  { sessions, shown }: LoadedSessions,
  { seenAt, outbox }: Pick<Preferences, 'seenAt' | 'outbox'>,
): Record<string, AssistantState> {
  const states = new Map<string, AssistantState>();
  const raise = (assistantId: string, state: AssistantState) => {
    const current = states.get(assistantId) ?? 'idle';
    states.set(assistantId, URGENCY.indexOf(state) > URGENCY.indexOf(current) ? state : current);
  };

  for (const session of Object.values(sessions)) {
    const isShown = session.id === shown?.sessionId;
    const isLive = (isShown ? shown.activeTurnId : session.activeTurnId) !== null;
    if (isLive) raise(session.assistantId, 'replying');
    else raise(session.assistantId, isShown ? 'idle' : stateAfterReply(session, seenAt[session.id]));
  }
  for (const message of outbox) {
    if (message.state === 'sending') raise(message.assistantId, 'replying');
    else if (message.sessionId !== shown?.sessionId) raise(message.assistantId, message.state);
  }
  return Object.fromEntries(states);
}

/** A session that this browser never showed has no `seenAt` and is not unread. */
function stateAfterReply(session: Session, seenAt: number | undefined): AssistantState {
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
