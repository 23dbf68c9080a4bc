import type { ClientContext } from '../state/context';
import type { AssistantSessions } from '../sync/assistant-sessions';
import type { LiveConnection } from '../sync/live-connection';
import type { HistoryLoader } from '../sync/load-history';

export function createOpenActions(
  { preferences, conversations }: ClientContext,
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
  };
}
