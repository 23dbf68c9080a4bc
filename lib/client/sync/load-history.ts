import type { Turn } from '@/lib/chat/turn';
import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import type { Conversation } from '../state/conversation';
import { withFailure, withLatest, withOlder } from '../state/conversation-changes';
import type { Outbox } from './outbox';

/** The server returns at most this many turns in one page. */
const LARGE_PAGE = 200;

/**
 * Reads pages of history into their conversations. Calls never reject: a failure is kept in the conversation.
 */
export interface HistoryLoader {
  /**
   * Reads the newest page, if the conversation is loaded or loading. Calls made meanwhile share the answer.
   */
  load(sessionId: string): Promise<void>;
  /**
   * Reads the page before what is loaded: 50 turns, or 200 with `large`. A call made while a page is on its
   * way waits for that one. Whether it failed is in the conversation's `older`.
   */
  loadOlder(sessionId: string, size?: 'page' | 'large'): Promise<void>;
}

export function createHistoryLoader(context: ClientContext, outbox: Outbox): HistoryLoader {
  const { api, conversations } = context;
  const loading = new Map<string, Promise<void>>();
  const loadingOlder = new Map<string, Promise<void>>();

  /** An earlier page may have sent a message and closed before it heard of the turn. */
  function acknowledge(sessionId: string, turns: readonly Turn[]): void {
    for (const { turnId } of outbox.of(sessionId)) {
      if (turns.some(({ id }) => id === turnId)) outbox.acknowledge(turnId);
    }
  }

  /** If the path changed while the answer was on its way, by a send or a clear for example, asks again. */
  async function readLatest(sessionId: string): Promise<void> {
    for (;;) {
      const before = conversations.of(sessionId);
      if (!before) return;
      const answer = await api.history({ sessionId });
      const now = conversations.of(sessionId);
      if (!now) return;
      if (now.revision !== before.revision) continue;
      if (answer.assistantId && answer.assistantId !== now.assistantId) {
        throw new ApiError({ code: 'wrong_assistant' }, 409);
      }
      conversations.put(withLatest(now, answer));
      acknowledge(sessionId, answer.turns);
      return;
    }
  }

  async function load(sessionId: string): Promise<void> {
    conversations.update(sessionId, (conversation) =>
      conversation.phase === 'failed' ? { ...conversation, phase: 'loading', error: null } : conversation,
    );
    try {
      await readLatest(sessionId);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      conversations.update(sessionId, (conversation) => withFailure(conversation, error.info));
    }
  }

  async function readOlder(query: { sessionId: string; before: string; limit?: number }): Promise<void> {
    const { sessionId, before } = query;
    conversations.update(sessionId, (conversation) => ({ ...conversation, older: 'loading', error: null }));
    const change = await api.history(query).then(
      (answer) =>
        (now: Conversation): Conversation => ({ ...withOlder(now, answer, before), older: 'idle' }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        return (now: Conversation): Conversation => ({ ...withFailure(now, error.info), older: 'failed' });
      },
    );
    // Before the store changes: a listener may ask for the next page at once.
    loadingOlder.delete(sessionId);
    conversations.update(sessionId, change);
  }

  return {
    load(sessionId) {
      const shared = loading.get(sessionId);
      if (shared) return shared;
      const started = load(sessionId).finally(() => loading.delete(sessionId));
      loading.set(sessionId, started);
      return started;
    },
    loadOlder(sessionId, size = 'page') {
      const before = conversations.of(sessionId)?.nextBefore;
      const shared = loadingOlder.get(sessionId);
      if (shared || !before) return shared ?? Promise.resolve();
      const limit = size === 'large' ? { limit: LARGE_PAGE } : {};
      const started = readOlder({ sessionId, before, ...limit });
      loadingOlder.set(sessionId, started);
      return started;
    },
  };
}
