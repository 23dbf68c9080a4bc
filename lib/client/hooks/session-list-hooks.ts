import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Session } from '@/lib/chat/session';
import { client } from '../actions/client';
import type { ClientErrorInfo } from '../http/client-error';
import { type AssistantState, assistantStates } from '../state/assistant-states';
import { frozenOrder } from '../state/frozen-order';
import type { SessionList } from '../state/session-store';

// Not in the index of the hooks: the list and the palette load in scripts of their own.
const { sessions, preferences, actions } = client;

const NO_IDS: readonly string[] = [];

export interface SessionsView {
  phase: SessionList['phase'];
  error: ClientErrorInfo | null;
  sessions: readonly Session[];
  hasMore: boolean;
  /** Keeps the order of the list from now on. */
  freeze: () => void;
}

/**
 * An assistant's conversations, pinned ones first, then the newest. Refreshed when the component mounts; from then on,
 * or once the reader has touched the list, the order stays, so that no row moves under a finger.
 */
export function useSessions(assistantId: string): SessionsView {
  const [isFrozen, setIsFrozen] = useState(false);
  const [order, setOrder] = useState<readonly string[]>([]);
  useEffect(() => {
    void actions.refreshSessions(assistantId).then(() => setIsFrozen(true));
  }, [assistantId]);
  const list = useStore(sessions, ({ lists }) => lists[assistantId]);
  const current = list?.ids ?? NO_IDS;
  const ids = isFrozen ? frozenOrder(order, current) : current;
  if (ids.join() !== order.join()) setOrder(ids);
  const present = new Set(current);
  const shown = useStore(
    sessions,
    useShallow(({ byId }) => ids.flatMap((id) => (present.has(id) && byId[id]) || [])),
  );
  return {
    phase: list?.phase ?? 'loading',
    error: list?.error ?? null,
    sessions: shown,
    hasMore: list ? list.nextBefore !== null : false,
    freeze: () => setIsFrozen(true),
  };
}

/** Every loaded session of all assistants, newest first. The action `readAllSessions` loads them. */
export function useAllSessions(): readonly Session[] {
  const byId = useStore(sessions, (state) => state.byId);
  return useMemo(() => Object.values(byId).sort((a, b) => b.updatedAt - a.updatedAt), [byId]);
}

/** The state of one conversation, with the messages that wait in it. */
export function useSessionState(session: Session): AssistantState {
  return useStore(preferences, ({ seenAt, outbox, sessionIds, activeAssistantId }) => {
    const shownId = activeAssistantId === null ? undefined : sessionIds[activeAssistantId];
    const states = assistantStates(
      {
        sessions: { [session.id]: session },
        shown: shownId === session.id ? { sessionId: shownId, activeTurnId: session.activeTurnId } : null,
      },
      { seenAt, outbox: outbox.filter(({ sessionId }) => sessionId === session.id) },
    );
    return states[session.assistantId] ?? 'idle';
  });
}
