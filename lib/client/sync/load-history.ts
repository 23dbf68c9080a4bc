import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import { withFailure, withLatest } from '../state/conversation-changes';
import type { Outbox } from './outbox';

export interface HistoryLoader {
  /** Reads the newest page into its conversation, if that is known. Never rejects; a failure is kept there. */
  load(sessionId: string): Promise<void>;
}

/**
 * An answer goes to the conversation that was asked for, whatever is on screen by then. If the path was changed in
 * between (a send, a clear, another version), the answer is late, and the question is put again.
 */
export function createHistoryLoader(context: ClientContext, outbox: Outbox): HistoryLoader {
  const { api, conversations } = context;
  const underWay = new Map<string, Promise<void>>();

  async function read(sessionId: string): Promise<void> {
    for (;;) {
      const asked = conversations.of(sessionId);
      if (!asked) return;
      const answer = await api.history({ sessionId });
      const known = conversations.of(sessionId);
      if (!known) return;
      if (known.revision !== asked.revision) continue;
      if (answer.assistantId && answer.assistantId !== known.assistantId) {
        throw new ApiError({ code: 'wrong_assistant' }, 409);
      }
      conversations.put(withLatest(known, answer));
      for (const turn of answer.turns) outbox.acknowledge(turn.id);
      return;
    }
  }

  async function load(sessionId: string): Promise<void> {
    conversations.update(sessionId, (known) =>
      known.phase === 'failed' ? { ...known, phase: 'loading', error: null } : known,
    );
    try {
      await read(sessionId);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      conversations.update(sessionId, (known) => withFailure(known, error.info));
    }
  }

  return {
    load(sessionId) {
      const shared = underWay.get(sessionId);
      if (shared) return shared;
      const started = load(sessionId).finally(() => underWay.delete(sessionId));
      underWay.set(sessionId, started);
      return started;
    },
  };
}
