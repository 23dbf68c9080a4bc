import { ChatError } from '@/lib/chat/errors';
import { isHttps } from '@/lib/server/http/gate';
import { log, reasonOf } from '@/lib/server/log';
import { type Services, services } from '@/lib/server/services';
import { accessCookie, isAccessDue, readAccess } from './access-cookie';
import { accessKeys, isOpen, noAccess } from './require-access';
import { returnPath } from './return-path';

/** `goTo`: the path to show instead. `setCookie`: the renewed cookie, if it is due. */
export interface PageAccess {
  goTo: string | null;
  setCookie: string | null;
}

/**
 * Sends a visit without access to the access page, and a visit of that page with access back to where it wanted to go.
 * While the settings or the store are wrong, the page is served so that it can say so: it holds nothing of anybody.
 * @throws ChatError `unauthorized` for a request without access that is not a visit.
 */
export async function pageAccess(request: Request): Promise<PageAccess> {
  try {
    return await decide(request, await services());
  } catch (error) {
    if (error instanceof ChatError && error.code === 'unauthorized') throw error;
    log('error', 'access_not_checked', { reason: reasonOf(error) });
    return { goTo: null, setCookie: null };
  }
}

async function decide(request: Request, opened: Services): Promise<PageAccess> {
  const { pathname, search, searchParams } = new URL(request.url);
  const keys = await accessKeys(opened);
  const now = Date.now();
  const access = keys && readAccess(request.headers.get('cookie'), keys, now);
  if (keys && !access) {
    if (isOpen(request)) return { goTo: null, setCookie: null };
    if (!isVisit(request)) throw noAccess();
    const wanted = returnPath(`${pathname}${search}`);
    return {
      goTo: wanted === '/' ? '/access' : `/access?next=${encodeURIComponent(wanted)}`,
      setCookie: null,
    };
  }
  const isDue = access && isAccessDue(access, now);
  return {
    goTo: pathname === '/access' ? returnPath(searchParams.get('next')) : null,
    setCookie: isDue
      ? accessCookie({ ...access, issuedAt: now }, keys, isHttps(request, opened.settings))
      : null,
  };
}

/** Next fetches the content of a page by itself too, and would take the access page for it. */
const isVisit = ({ method, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && !headers.has('rsc') && !headers.has('next-action');
