import { ApiError } from '../http/client-error';
import { mergeSessions } from '../sync/session-updates';
import { client } from './client';

const PAGE = 200;
const PAGES = 5;

/** Reads the newest 1,000 conversations of all assistants. A failure leaves what was read so far. */
export async function readAllSessions(): Promise<void> {
  let before: string | undefined;
  try {
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await client.api.sessions({ limit: PAGE, before });
      mergeSessions(client, answer.sessions);
      if (answer.nextBefore === null) return;
      before = answer.nextBefore;
    }
  } catch (error) {
    // The search still covers what is loaded, and the page says elsewhere that the server cannot be
    // reached.
    if (!(error instanceof ApiError)) throw error;
  }
}
