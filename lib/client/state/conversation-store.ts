import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClientErrorInfo } from '../http/client-error';
import type { Conversation } from './conversation';
import { withoutEntry } from './recent-map';

/** Finding out which conversation an assistant shows, while the browser has no id for it. */
export type Lookup = { phase: 'loading' } | { phase: 'failed'; error: ClientErrorInfo };

export interface Conversations {
  bySession: Readonly<Record<string, Conversation>>;
  lookups: Readonly<Record<string, Lookup>>;
}

export interface ConversationStore extends StoreApi<Conversations> {
  of(sessionId: string): Conversation | undefined;
  put(conversation: Conversation): void;
  /** Changes the conversation if it is known; every late result goes through here, with its own session. */
  update(sessionId: string, change: (conversation: Conversation) => Conversation): void;
  forget(sessionId: string): void;
  setLookup(assistantId: string, lookup: Lookup | null): void;
}

export function createConversationStore(): ConversationStore {
  const store = createStore<Conversations>(() => ({ bySession: {}, lookups: {} }));
  const put = (conversation: Conversation) =>
    store.setState(({ bySession }) => ({
      bySession: { ...bySession, [conversation.sessionId]: conversation },
    }));
  return {
    ...store,
    put,
    of: (sessionId) => store.getState().bySession[sessionId],
    update(sessionId, change) {
      const known = store.getState().bySession[sessionId];
      const next = known && change(known);
      if (next && next !== known) put(next);
    },
    forget: (sessionId) =>
      store.setState(({ bySession }) => ({ bySession: withoutEntry(bySession, sessionId) })),
    setLookup: (assistantId, lookup) =>
      store.setState(({ lookups }) => ({
        lookups: lookup ? { ...lookups, [assistantId]: lookup } : withoutEntry(lookups, assistantId),
      })),
  };
}
