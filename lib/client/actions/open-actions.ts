import { ApiError } from '../http/client-error';
import { type ClientContext, sessionOf } from '../state/context';
import { type Conversation, newConversation } from '../state/conversation';
import { withFailure, withOlder } from '../state/conversation-changes';
import { draftKey, withDraftMoved } from '../state/draft';
import { withEntry, withoutEntry } from '../state/preferences';
import type { LiveConnection } from '../sync/live-connection';
import type { HistoryLoader } from '../sync/load-history';
import type { Actions } from './actions';

/** As many as the server gives at once. */
const MANY_TURNS = 200;

export type OpenActions = Pick<
  Actions,
  'openAssistant' | 'openSession' | 'newConversation' | 'reload' | 'loadOlder'
> & {
  /** The conversation that an assistant shows, found out if it is not known; undefined if the server cannot say. */
  sessionFor(assistantId: string): Promise<string | undefined>;
  /** A new conversation, shown by its assistant from now on. */
  makeSession(assistantId: string): string;
};

export function createOpenActions(
  context: ClientContext,
  live: LiveConnection,
  history: HistoryLoader,
): OpenActions {
  const { api, preferences, conversations, uploads, newId } = context;
  const lookups = new Map<string, Promise<string | undefined>>();
  const older = new Map<string, Promise<void>>();

  /** Makes the session the one that its assistant shows. Strings typed before it was known move along. */
  function show(assistantId: string, sessionId: string): void {
    conversations.setLookup(assistantId, null);
    const known = preferences.getState();
    const isFirst = known.sessionIds[assistantId] === undefined;
    const from = draftKey(known, assistantId);
    preferences.setState({
      sessionIds: withEntry(known.sessionIds, assistantId, sessionId),
      ...(isFirst && withDraftMoved(known, from, sessionId)),
    });
    if (isFirst) moveUploads(from, sessionId);
  }

  const moveUploads = (from: string, to: string) =>
    uploads.setState((known) => ({
      uploads: known.uploads.map((one) => (one.draft === from ? { ...one, draft: to } : one)),
    }));

  function makeSession(assistantId: string): string {
    const sessionId = newId();
    conversations.put(newConversation(sessionId, assistantId, 'ready'));
    show(assistantId, sessionId);
    return sessionId;
  }

  /** Safari clears storage after a week away: the newest conversation is taken up before a new one is made. */
  async function lookUp(assistantId: string): Promise<string | undefined> {
    conversations.setLookup(assistantId, { phase: 'loading' });
    try {
      const { sessions } = await api.sessions({ assistantId, limit: 1 });
      const chosenMeanwhile = sessionOf(context, assistantId);
      if (chosenMeanwhile) return chosenMeanwhile;
      const newest = sessions[0];
      if (!newest) return makeSession(assistantId);
      conversations.put(newConversation(newest.id, assistantId, 'loading'));
      show(assistantId, newest.id);
      return newest.id;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      conversations.setLookup(assistantId, { phase: 'failed', error: error.info });
      return undefined;
    }
  }

  async function sessionFor(assistantId: string): Promise<string | undefined> {
    const known = sessionOf(context, assistantId);
    if (known) return known;
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
      // A mix-up in storage: this conversation is another assistant's. Never shown, never sent to.
      conversations.forget(sessionId);
      const { sessionIds } = preferences.getState();
      preferences.setState({ sessionIds: withoutEntry(sessionIds, assistantId) });
      const own = await sessionFor(assistantId);
      if (own) await refresh(assistantId, own);
    }
    live.settle();
  }

  /** A conversation that nobody has said a word in: the server knows no more of it than we do. */
  const isUntouched = (sessionId: string): boolean => {
    const known = conversations.of(sessionId);
    return known?.phase === 'ready' && known.turnIds.length + known.revision === 0 && known.error === null;
  };

  async function readOlder(query: { sessionId: string; before: string; limit?: number }): Promise<void> {
    const { sessionId, before } = query;
    conversations.update(sessionId, (known) => ({ ...known, older: 'loading', error: null }));
    const change = await api.history(query).then(
      (answer) => (known: Conversation) => ({ ...withOlder(known, answer, before), older: 'idle' as const }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        return (known: Conversation) => ({ ...withFailure(known, error.info), older: 'failed' as const });
      },
    );
    // First over, then told: who hears of it may ask for the next at once.
    older.delete(sessionId);
    conversations.update(sessionId, change);
  }

  return {
    sessionFor,
    makeSession,
    async openAssistant(assistantId) {
      preferences.setState({ activeAssistantId: assistantId });
      const sessionId = await sessionFor(assistantId);
      if (sessionId && !isUntouched(sessionId)) await refresh(assistantId, sessionId);
    },
    async openSession(assistantId, sessionId) {
      show(assistantId, sessionId);
      preferences.setState({ activeAssistantId: assistantId });
      await refresh(assistantId, sessionId);
    },
    newConversation(assistantId) {
      const sessionId = sessionOf(context, assistantId);
      const known = sessionId === undefined ? undefined : conversations.of(sessionId);
      const isPristine = known?.phase === 'ready' && known.turnIds.length === 0 && known.title === '';
      if (!isPristine) makeSession(assistantId);
    },
    async reload(sessionId) {
      await history.load(sessionId);
      live.settle();
    },
    loadOlder(sessionId, how = 'page') {
      const before = conversations.of(sessionId)?.nextBefore;
      const shared = older.get(sessionId);
      if (shared || !before) return shared ?? Promise.resolve();
      const limit = how === 'many' ? { limit: MANY_TURNS } : {};
      const started = readOlder({ sessionId, before, ...limit });
      older.set(sessionId, started);
      return started;
    },
  };
}
