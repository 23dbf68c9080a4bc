import type { Turn } from '@/lib/chat/turn';
import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import type { TurnLocation } from '../state/turn-link';
import type { AssistantSessions } from '../sync/assistant-sessions';
import type { LiveConnection } from '../sync/live-connection';
import type { HistoryLoader } from '../sync/load-history';

export function createOpenActions(
  { api, preferences, conversations }: ClientContext,
  {
    live,
    history,
    assistantSessions,
  }: { live: LiveConnection; history: HistoryLoader; assistantSessions: AssistantSessions },
) {
  /** True for a conversation without a turn that was made on this page: the server has nothing to add. */
  const isUntouched = (sessionId: string): boolean => {
    const conversation = conversations.of(sessionId);
    if (conversation?.phase !== 'ready' || conversation.error !== null) return false;
    return conversation.turnIds.length === 0 && conversation.revision === 0;
  };

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
      await history.loadOlder(sessionId, 'large');
    }
  }

  return {
    /**
     * Brings an assistant on screen: what is loaded of its conversation at once, then the server's answer.
     */
    async openAssistant(assistantId: string): Promise<void> {
      preferences.setState({ activeAssistantId: assistantId });
      const sessionId = await assistantSessions.resolve(assistantId);
      if (sessionId && !isUntouched(sessionId)) await assistantSessions.refresh(assistantId, sessionId);
    },
    /** Shows one of an assistant's conversations. */
    openSession: assistantSessions.open,
    /** Shows an empty conversation. The server learns of it with its first message. */
    newConversation: assistantSessions.showNew,
    /** Reads the conversation again. What is shown stays until the answer is there. */
    async reload(sessionId: string): Promise<void> {
      await history.load(sessionId);
      live.followShown();
    },
    /**
     * Loads the page before what is loaded, or 200 turns with `large`. A call made while a page is on its way
     * waits for that one. Whether it failed is in the conversation's `older`.
     */
    loadOlder: history.loadOlder,
    /** Shows the conversation of a turn, loaded as far as that turn. */
    async openTurn(sessionId: string, turnId: string): Promise<TurnLocation> {
      try {
        const turn = await fetchTurn(sessionId, turnId);
        if (!turn) return { kind: 'failed', error: { code: 'network' } };
        if (turn.deletedAt !== undefined) return { kind: 'unknown' };
        await assistantSessions.open(turn.assistantId, sessionId);
        return await loadUpTo(sessionId, turn);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const isUnknown = error.code === 'not_found' || error.code === 'bad_request';
        return isUnknown ? { kind: 'unknown' } : { kind: 'failed', error: error.info };
      }
    },
  };
}
