import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { contextUse, draftCost } from '@/lib/chat/context-use';
import { client } from '../actions/client';
import { contentOf, draftAt, draftKey } from '../state/draft';

const { conversations, preferences } = client;

const NO_PATH = { turnIds: [], turns: {} };

export interface Gauge {
  /** About how many tokens the next message takes, with what is sent before it. */
  tokens: number;
  /** How many the model takes. */
  budget: number;
  /** Older turns of the conversation are left out. */
  isFull: boolean;
}

/** How much of the model's context is used; null where nothing is said or written, or the budget is not known. */
export function useGauge(assistantId: string, sessionId: string | null, budget: number | null): Gauge | null {
  const draft = useStore(preferences, (state) => {
    const known = draftAt(state, draftKey(state, assistantId));
    return draftCost(contentOf(known), known.images);
  });
  const use = useStore(
    conversations,
    useShallow(({ bySession }) => {
      const known = sessionId === null ? undefined : bySession[sessionId];
      return contextUse(known ?? NO_PATH, budget ?? 0, draft);
    }),
  );
  return budget === null || use.tokens === 0 ? null : { ...use, budget };
}
