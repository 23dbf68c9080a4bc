import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Language } from '@/lib/chat/language';
import { client } from '../actions/client';
import { type TabState, tabStates } from '../state/assistant-states';
import type { Theme } from '../state/preferences';

const { preferences, conversations, sessions } = client;

/**
 * Brings the page to life: reads what the browser kept, shows the last assistant (the first of `assistantIds` if
 * there is none), reads its conversation, and keeps an eye on the others. For the outermost component, once.
 */
export function useClient(assistantIds: readonly string[]): void {
  const key = assistantIds.join(',');
  useEffect(() => client.start(key.split(',')), [key]);
}

/** False on the server and in the first paint, which must be the same; true once the browser's memory was read. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(preferences.persist.onFinishHydration, preferences.persist.hasHydrated, () => false);

/** null until the page has come to life. */
export const useActiveAssistant = (): string | null =>
  useStore(preferences, (state) => state.activeAssistantId);

/** Whether there is, or soon will be, something to read: not for one who is here for the first time and has not written. */
export function useExpectsWords(): boolean {
  const hasSessions = useStore(sessions, ({ byId }) => Object.keys(byId).length > 0);
  const knows = useStore(preferences, ({ outbox, seenAt, drafts }) =>
    [outbox, seenAt, drafts].some((known) => Object.keys(known).length > 0),
  );
  return hasSessions || knows;
}

export const useTheme = (): Theme => useStore(preferences, (state) => state.theme);

export const useSingleKeys = (): boolean => useStore(preferences, (state) => state.singleKeys);

/** The chosen language; null: none was chosen, the server's negotiation stands. */
export const useLanguage = (): Language | null => useStore(preferences, (state) => state.language);

/** The mark of each assistant; one that is missing is idle. */
export function useTabStates(): Readonly<Record<string, TabState>> {
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
    return tabStates({ sessions: byId, shown }, { seenAt, outbox });
  }, [byId, shownId, activeTurnId, seenAt, outbox]);
}
