import { ApiError } from '../http/client-error';
import { type ClientContext, sessionOf } from '../state/context';
import { newConversation } from '../state/conversation';
import { draftKey, withDraftMoved } from '../state/draft';
import { withEntry, withoutEntry } from '../state/recent-map';
import type { LiveConnection } from './live-connection';
import type { HistoryLoader } from './load-history';

/** Which conversation each assistant shows. */
export interface AssistantSessions {
  /**
   * The session that the assistant shows. If the browser has none stored, it is the assistant's newest
   * session on the server, or else a new one; undefined if the server could not be asked.
   */
  resolve(assistantId: string): Promise<string | undefined>;
  /** Shows a new session and returns its id. The server learns of it with its first message. */
  create(assistantId: string): string;
  /** Shows a new conversation, unless the one on screen is new itself. */
  showNew(assistantId: string): void;
  /** Shows this session, brings its assistant on screen and reads the history. */
  open(assistantId: string, sessionId: string): Promise<void>;
  /** Reads the session's history, and follows its reply if one is running. */
  refresh(assistantId: string, sessionId: string): Promise<void>;
}

export function createAssistantSessions(
  context: ClientContext,
  live: LiveConnection,
  history: HistoryLoader,
): AssistantSessions {
  const { api, preferences, conversations, uploads, newId } = context;
  const lookups = new Map<string, Promise<string | undefined>>();

  /** What was typed and attached before the session was resolved moves into the session's draft. */
  function show(assistantId: string, sessionId: string): void {
    conversations.setLookup(assistantId, null);
    const before = preferences.getState();
    const isFirst = before.sessionIds[assistantId] === undefined;
    const from = draftKey(before, assistantId);
    preferences.setState({
      sessionIds: withEntry(before.sessionIds, assistantId, sessionId),
      ...(isFirst && withDraftMoved(before, from, sessionId)),
    });
    if (isFirst) moveUploads(from, sessionId);
  }

  const moveUploads = (from: string, to: string) =>
    uploads.setState((state) => ({
      uploads: state.uploads.map((upload) => (upload.draft === from ? { ...upload, draft: to } : upload)),
    }));

  function create(assistantId: string): string {
    const sessionId = newId();
    conversations.put(newConversation(sessionId, assistantId, 'ready'));
    show(assistantId, sessionId);
    return sessionId;
  }

  /** Safari clears storage after a week without a visit: the newest session is better than a new one. */
  async function lookUp(assistantId: string): Promise<string | undefined> {
    conversations.setLookup(assistantId, { phase: 'loading' });
    try {
      const { sessions } = await api.sessions({ assistantId, limit: 1 });
      const chosenMeanwhile = sessionOf(context, assistantId);
      if (chosenMeanwhile) return chosenMeanwhile;
      const newest = sessions[0];
      if (!newest) return create(assistantId);
      conversations.put(newConversation(newest.id, assistantId, 'loading'));
      show(assistantId, newest.id);
      return newest.id;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      conversations.setLookup(assistantId, { phase: 'failed', error: error.info });
      return undefined;
    }
  }

  async function resolve(assistantId: string): Promise<string | undefined> {
    const stored = sessionOf(context, assistantId);
    if (stored) return stored;
    const shared = lookups.get(assistantId);
    if (shared) return shared;
    const started = lookUp(assistantId).finally(() => lookups.delete(assistantId));
    lookups.set(assistantId, started);
    return started;
  }

  async function refresh(assistantId: string, sessionId: string): Promise<void> {
    if (!conversations.of(sessionId)) {
      conversations.put(newConversation(sessionId, assistantId, 'loading'));
    }
    await history.load(sessionId);
    if (conversations.of(sessionId)?.error?.code === 'wrong_assistant') {
      // Storage is wrong: this session belongs to another assistant. It is neither shown nor sent to.
      conversations.forget(sessionId);
      const { sessionIds } = preferences.getState();
      preferences.setState({ sessionIds: withoutEntry(sessionIds, assistantId) });
      const own = await resolve(assistantId);
      if (own) await refresh(assistantId, own);
    }
    live.followShown();
  }

  return {
    resolve,
    create,
    refresh,
    showNew(assistantId) {
      const sessionId = sessionOf(context, assistantId);
      const shown = sessionId === undefined ? undefined : conversations.of(sessionId);
      const isNew = shown?.phase === 'ready' && shown.turnIds.length === 0 && shown.title === '';
      if (!isNew) create(assistantId);
    },
    async open(assistantId, sessionId) {
      show(assistantId, sessionId);
      preferences.setState({ activeAssistantId: assistantId });
      await refresh(assistantId, sessionId);
    },
  };
}
