import { noContent } from '../http/api';
import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';

/**
 * Lets the server set the guest cookie again, and returns whether the browser sends it back. Without it every request
 * comes from another guest, so a message that is sent could never be read again.
 */
export async function getCookie({ api, page, sessions, catalog }: ClientContext): Promise<boolean> {
  // If each instance has its own store, none accepts the cookie of another, although the browser kept it.
  if (catalog.getState().health.value?.store.reason === 'per_instance') return true;
  if (!page.keepsCookies()) return false;
  // Only the header of the answer matters.
  await api.request(noContent, 'GET', '/').catch(() => undefined);
  try {
    const { cookieMissing = false } = await api.sessions({ limit: 1 });
    sessions.setState({ cookieMissing });
    return !cookieMissing;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // The send meets the same problem, and says so.
    return true;
  }
}
