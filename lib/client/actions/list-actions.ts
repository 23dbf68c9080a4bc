import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import type { SessionList } from '../state/session-store';
import { mergeSessions } from '../sync/session-updates';

const EMPTY: SessionList = { phase: 'loading', error: null, ids: [], total: 0, nextBefore: null };
const PAGE = 30;
/** `readAllSessions` reads at most this many pages of this size. */
const LARGE_PAGE = 200;
const LARGE_PAGES = 5;

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
    /** Reads the newest 1,000 conversations of all assistants. A failure leaves what was read so far. */
    async readAllSessions(): Promise<void> {
      let before: string | undefined;
      try {
        for (let page = 0; page < LARGE_PAGES; page += 1) {
          const answer = await api.sessions({ limit: LARGE_PAGE, before });
          mergeSessions(context, answer.sessions);
          if (answer.nextBefore === null) return;
          before = answer.nextBefore;
        }
      } catch (error) {
        // The search still covers what is loaded, and the page says elsewhere that the server cannot be
        // reached.
        if (!(error instanceof ApiError)) throw error;
      }
    },
  };
}
