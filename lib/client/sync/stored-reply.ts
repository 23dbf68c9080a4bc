import { isLive, type Turn } from '@/lib/chat/turn';
import type { TurnQuery } from '@/lib/chat/wire';
import type { Api } from '../http/api';
import { ApiError, type ClientErrorInfo } from '../http/client-error';
import type { StreamOutcome } from '../http/read-stream';

/**
 * Reads a reply from the history when something between browser and server holds its stream back or answers
 * instead.
 */
export interface StoredReply {
  /** Whether the server has the turn. False if the server cannot be reached. */
  exists(): Promise<boolean>;
  /** Reads the reply in steps, until it ends or a read fails. */
  poll(onRead: () => void): Promise<StreamOutcome | ApiError>;
  /**
   * After a send that failed: shows the turn if the server has it anyway, otherwise returns why the send
   * failed.
   */
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
        // A newer turn exists, so this one has ended.
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
