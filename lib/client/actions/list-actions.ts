import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import type { SessionList } from '../state/session-store';
import { mergeSessions } from '../sync/session-updates';

const EMPTY: SessionList = { phase: 'loading', error: null, ids: [], total: 0, nextBefore: null };
const PAGE = 30;

export function createListActions(context: ClientContext) {
  const { api, sessions } = context;

  const listOf = (assistantId: string) => sessions.getState().lists[assistantId] ?? EMPTY;

  const setList = (assistantId: string, change: Partial<SessionList>) =>
    sessions.setState(({ lists }) => ({
      lists: { ...lists, [assistantId]: { ...listOf(assistantId), ...change } },
    }));

  async function readPage(assistantId: string, before: string | undefined): Promise<void> {
    try {
      const answer = await api.sessions({ assistantId, limit: PAGE, before });
      const earlier = before === undefined ? [] : listOf(assistantId).ids;
      // The list was refreshed meanwhile, and this page no longer follows its end.
      if (before !== undefined && listOf(assistantId).nextBefore !== before) return;
      mergeSessions(context, answer.sessions);
      const ids = [...new Set([...earlier, ...answer.sessions.map(({ id }) => id)])];
      const { total, nextBefore } = answer;
      setList(assistantId, { phase: 'ready', error: null, ids, total, nextBefore });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setList(assistantId, { phase: 'failed', error: error.info });
    }
  }

  return {
    /** Reads the first page of an assistant's list of conversations. */
    async refreshSessions(assistantId: string): Promise<void> {
      if (listOf(assistantId).phase !== 'ready') setList(assistantId, { phase: 'loading', error: null });
      await readPage(assistantId, undefined);
    },
    /** Reads the next page of the list, if there is one. */
    async loadMoreSessions(assistantId: string): Promise<void> {
      const { nextBefore } = listOf(assistantId);
      if (nextBefore !== null) await readPage(assistantId, nextBefore);
    },
  };
}
