import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { contextUse, draftCost } from '@/lib/chat/context/context-use';
import { client } from '../actions/client';
import { contentOf, draftAt, draftKey } from '../state/draft';

const { conversations, preferences } = client;

const NO_PATH = { turnIds: [], turns: {} };

export interface Gauge {
  /** The estimated tokens of the next request: the draft and the turns sent with it. */
  tokens: number;
  /** The tokens that the model accepts. */
  budget: number;
  /** Older turns are left out of the request. */
  isFull: boolean;
}

/** How much of the model's context window is used; null for an empty conversation, or if `budget` is null. */
export function useGauge(assistantId: string, sessionId: string | null, budget: number | null): Gauge | null {
  const draft = useStore(preferences, (state) => {
    const current = draftAt(state, draftKey(state, assistantId));
    return draftCost(contentOf(current), current.images);
  });
  const use = useStore(
    conversations,
    useShallow(({ bySession }) => {
      const conversation = sessionId === null ? undefined : bySession[sessionId];
      return contextUse(conversation ?? NO_PATH, budget ?? 0, draft);
    }),
  );
  return budget === null || use.tokens === 0 ? null : { ...use, budget };
}
