import { isLive, type Turn } from '@/lib/chat/turn';
import type { TurnQuery } from '@/lib/chat/wire';
import type { Api } from '../http/api';
import { ApiError, type ClientErrorInfo } from '../http/client-error';
import type { StreamOutcome } from '../http/read-stream';

/** A reply as the server has stored it, for a stream that something on the way holds back or answers itself. */
export interface StoredReply {
  /** Whether the server has the turn. False if it cannot be asked. */
  exists(): Promise<boolean>;
  /** Reads the reply in steps, to its end or until that fails. */
  poll(onRead: () => void): Promise<StreamOutcome | ApiError>;
  /** After a send that failed: shows the turn if the server has it all the same, else returns why it failed. */
  continueSend(error: ClientErrorInfo): Promise<StreamOutcome | ClientErrorInfo>;
}

/** How often the history is read, ms. */
const POLL_MS = 1500;

export function createStoredReply({
  api,
  target: { sessionId, turnId },
  show,
  wait,
  isOver,
}: {
  api: Api;
  target: TurnQuery;
  show: (turn: Turn) => void;
  wait: (ms: number) => Promise<void>;
  isOver: () => boolean;
}): StoredReply {
  /** The turn; null if it is not the newest of its session. */
  async function find(): Promise<Turn | null | ApiError> {
    try {
      const { turns } = await api.history({ sessionId, limit: 1 });
      return turns.find(({ id }) => id === turnId) ?? null;
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
  }

  return {
    async exists() {
      const stored = await find();
      return stored !== null && !(stored instanceof ApiError);
    },
    async poll(onRead) {
      while (!isOver()) {
        const stored = await find();
        if (isOver()) break;
        // Another turn is the newest by now, so this one has ended.
        if (!stored) return new ApiError({ code: 'not_found' }, 404);
        if (stored instanceof ApiError) return stored;
        onRead();
        show(stored);
        if (!isLive(stored)) return 'end';
        await wait(POLL_MS);
      }
      return 'closed';
    },
    async continueSend(error) {
      const stored = await find();
      if (isOver()) return 'closed';
      if (stored === null && !error.reason) return { ...error, reason: 'unconfirmed' };
      if (!stored || stored instanceof ApiError) return error;
      show(stored);
      return isLive(stored) ? 'closed' : 'end';
    },
  };
}
