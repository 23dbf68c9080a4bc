import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Language } from '@/lib/chat/language';
import { client } from '../actions/client';
import { type AssistantState, assistantStates } from '../state/assistant-states';
import type { Theme } from '../state/preferences';

const { preferences, conversations, sessions } = client;

/**
 * Starts the client: reads storage, opens the assistant that was last on screen (or the first of
 * `assistantIds`) and polls the others. To be called once, by the outermost component.
 */
export function useClient(assistantIds: readonly string[]): void {
  const key = assistantIds.join(',');
  useEffect(() => client.start(key.split(',')), [key]);
}

/** True once storage was read; false on the server and in the first render, which must be the same. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(preferences.persist.onFinishHydration, preferences.persist.hasHydrated, () => false);

/** null until the client has started. */
export const useActiveAssistant = (): string | null =>
  useStore(preferences, (state) => state.activeAssistantId);

/** True if turns are likely to be shown soon. False for a first visit on which nothing was typed yet. */
export function useExpectsTurns(): boolean {
  const hasSessions = useStore(sessions, ({ byId }) => Object.keys(byId).length > 0);
  const hasStored = useStore(preferences, ({ outbox, seenAt, drafts }) =>
    [outbox, seenAt, drafts].some((stored) => Object.keys(stored).length > 0),
  );
  return hasSessions || hasStored;
}

export const useTheme = (): Theme => useStore(preferences, (state) => state.theme);

export const useSingleKeys = (): boolean => useStore(preferences, (state) => state.singleKeys);

/** The chosen language; null if none was chosen, in which case the server negotiates it. */
export const useLanguage = (): Language | null => useStore(preferences, (state) => state.language);

/** The state of each assistant. One without an entry is idle. */
export function useAssistantStates(): Readonly<Record<string, AssistantState>> {
  const { seenAt, outbox, shownId } = useStore(
    preferences,
    useShallow(({ seenAt, outbox, sessionIds, activeAssistantId }) => ({
      seenAt,
      outbox,
      shownId: activeAssistantId === null ? undefined : sessionIds[activeAssistantId],
    })),
  );
  const byId = useStore(sessions, (state) => state.byId);
  const activeTurnId = useStore(conversations, ({ bySession }) =>
    shownId === undefined ? null : (bySession[shownId]?.activeTurnId ?? null),
  );
  return useMemo(() => {
    const shown = shownId === undefined ? null : { sessionId: shownId, activeTurnId };
    return assistantStates({ sessions: byId, shown }, { seenAt, outbox });
  }, [byId, shownId, activeTurnId, seenAt, outbox]);
}
