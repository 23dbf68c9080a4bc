import type { Turn } from '@/lib/chat/turn';
import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import type { TurnPlace } from '../state/turn-link';
import type { Actions } from './actions';

type Open = Pick<Actions, 'openSession' | 'loadOlder'>;

export function createJumpActions(
  { api, conversations }: ClientContext,
  { openSession, loadOlder }: Open,
): Pick<Actions, 'openTurn'> {
  /** The turn as the server has it: who it belongs to, and how far up it is. */
  async function ask(sessionId: string, turnId: string): Promise<Turn | undefined> {
    const enough = new AbortController();
    let found: Turn | undefined;
    await api.openStream(
      { follow: { sessionId, turnId } },
      {
        signal: enough.signal,
        onEvent(event) {
          if (event.type === 'turn') found = event.turn;
          enough.abort();
        },
      },
    );
    return found;
  }

  /** Loads until the turn is there or cannot come any more: a path has one turn of each depth. */
  async function climb(sessionId: string, { id, depth }: Turn): Promise<TurnPlace> {
    for (;;) {
      const known = conversations.of(sessionId);
      if (!known) return { kind: 'unknown' };
      if (known.error) return { kind: 'failed', error: known.error };
      if (known.turnIds.includes(id)) return { kind: 'shown' };
      const oldest = known.turns[known.turnIds[0] ?? ''];
      if (!known.nextBefore || !oldest || oldest.depth <= depth) return { kind: 'other_version' };
      await loadOlder(sessionId, 'many');
    }
  }

  return {
    async openTurn(sessionId, turnId) {
      try {
        const turn = await ask(sessionId, turnId);
        if (!turn) return { kind: 'failed', error: { code: 'network' } };
        if (turn.deletedAt !== undefined) return { kind: 'unknown' };
        await openSession(turn.assistantId, sessionId);
        return await climb(sessionId, turn);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const isNowhere = error.code === 'not_found' || error.code === 'bad_request';
        return isNowhere ? { kind: 'unknown' } : { kind: 'failed', error: error.info };
      }
    },
  };
}
