import type { Turn } from '@/lib/chat/turn';
import { ApiError } from '../http/client-error';
import type { TurnLocation } from '../state/turn-link';
import { type Client, client } from './client';

export function createOpenTurn({ api, conversations, actions }: Client) {
  /** The turn as the server has it: its `turn` event, after which the connection is closed. */
  async function fetchTurn(sessionId: string, turnId: string): Promise<Turn | undefined> {
    const received = new AbortController();
    let turn: Turn | undefined;
    await api.openStream(
      { follow: { sessionId, turnId } },
      {
        signal: received.signal,
        onEvent(event) {
          if (event.type === 'turn') turn = event.turn;
          received.abort();
        },
      },
    );
    return turn;
  }

  /** A path has one turn of each depth: loading stops where the turn would have to be. */
  async function loadUpTo(sessionId: string, { id, depth }: Turn): Promise<TurnLocation> {
    for (;;) {
      const conversation = conversations.of(sessionId);
      if (!conversation) return { kind: 'unknown' };
      if (conversation.error) return { kind: 'failed', error: conversation.error };
      if (conversation.turnIds.includes(id)) return { kind: 'shown' };
      const oldest = conversation.turns[conversation.turnIds[0] ?? ''];
      if (!conversation.nextBefore || !oldest || oldest.depth <= depth) return { kind: 'other_version' };
      await actions.loadOlder(sessionId, 'large');
    }
  }

  /** Shows the conversation of a turn, loaded as far as that turn. */
  return async function openTurn(sessionId: string, turnId: string): Promise<TurnLocation> {
    try {
      const turn = await fetchTurn(sessionId, turnId);
      if (!turn) return { kind: 'failed', error: { code: 'network' } };
      if (turn.deletedAt !== undefined) return { kind: 'unknown' };
      await actions.openSession(turn.assistantId, sessionId);
      return await loadUpTo(sessionId, turn);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const isUnknown = error.code === 'not_found' || error.code === 'bad_request';
      return isUnknown ? { kind: 'unknown' } : { kind: 'failed', error: error.info };
    }
  };
}

/** Of this page. Not with the other actions: only a part that loads later needs it. */
export const openTurn = createOpenTurn(client);
