import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import type { SessionList } from '../state/session-store';
import { noteSessions } from '../sync/note-sessions';
import type { Actions } from './actions';

const EMPTY: SessionList = { phase: 'loading', error: null, ids: [], total: 0, nextBefore: null };
const PAGE = 30;
/** A page when all are read, and how many pages: whoever has more searches the newest of them. */
const LARGE_PAGE = 200;
const LARGE_PAGES = 5;

export function createListActions(
  context: ClientContext,
): Pick<Actions, 'refreshSessions' | 'loadMoreSessions' | 'readAllSessions'> {
  const { api, sessions } = context;

  const listOf = (assistantId: string) => sessions.getState().lists[assistantId] ?? EMPTY;

  const setList = (assistantId: string, change: Partial<SessionList>) =>
    sessions.setState(({ lists }) => ({
      lists: { ...lists, [assistantId]: { ...listOf(assistantId), ...change } },
    }));

  async function page(assistantId: string, before: string | undefined): Promise<void> {
    try {
      const answer = await api.sessions({ assistantId, limit: PAGE, before });
      const earlier = before === undefined ? [] : listOf(assistantId).ids;
      // The list was read anew in between: this page no longer joins it.
      if (before !== undefined && listOf(assistantId).nextBefore !== before) return;
      noteSessions(context, answer.sessions);
      const ids = [...new Set([...earlier, ...answer.sessions.map(({ id }) => id)])];
      const { total, nextBefore } = answer;
      setList(assistantId, { phase: 'ready', error: null, ids, total, nextBefore });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setList(assistantId, { phase: 'failed', error: error.info });
    }
  }

  return {
    async refreshSessions(assistantId) {
      if (listOf(assistantId).phase !== 'ready') setList(assistantId, { phase: 'loading', error: null });
      await page(assistantId, undefined);
    },
    async loadMoreSessions(assistantId) {
      const { nextBefore } = listOf(assistantId);
      if (nextBefore !== null) await page(assistantId, nextBefore);
    },
    async readAllSessions() {
      let before: string | undefined;
      try {
        for (let n = 0; n < LARGE_PAGES; n += 1) {
          const answer = await api.sessions({ limit: LARGE_PAGE, before });
          noteSessions(context, answer.sessions);
          if (answer.nextBefore === null) return;
          before = answer.nextBefore;
        }
      } catch (error) {
        // What is known already can still be found; the page says by other ways that the server is not reached.
        if (!(error instanceof ApiError)) throw error;
      }
    },
  };
}
