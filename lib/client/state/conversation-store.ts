import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClientErrorInfo } from '../http/client-error';
import type { Conversation } from './conversation';
import { withoutEntry } from './recent-map';

/** The request for an assistant's newest session, while the browser has none stored. */
export type Lookup = { phase: 'loading' } | { phase: 'failed'; error: ClientErrorInfo };

export interface Conversations {
  bySession: Readonly<Record<string, Conversation>>;
  lookups: Readonly<Record<string, Lookup>>;
}

export interface ConversationStore extends StoreApi<Conversations> {
  of(sessionId: string): Conversation | undefined;
  put(conversation: Conversation): void;
  /** Changes the conversation if it is loaded. A late result changes its own, whatever is on screen. */
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
      const current = store.getState().bySession[sessionId];
      const next = current && change(current);
      if (next && next !== current) put(next);
    },
    forget: (sessionId) =>
      store.setState(({ bySession }) => ({ bySession: withoutEntry(bySession, sessionId) })),
    setLookup: (assistantId, lookup) =>
      store.setState(({ lookups }) => ({
        lookups: lookup ? { ...lookups, [assistantId]: lookup } : withoutEntry(lookups, assistantId),
      })),
  };
}
