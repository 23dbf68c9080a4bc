import { ChatError } from '@/lib/chat/chat-error';
import { isSignedIn } from '@/lib/server/guests/check-device';
import { isHttps } from '@/lib/server/http/gate';
import { log, reasonOf } from '@/lib/server/log';
import { type Services, services } from '@/lib/server/services';
import { accessCookie, isAccessDue, readAccess } from './access-cookie';
import { currentAccount, hasAccounts, notSignedIn } from './account';
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
  const now = Date.now();
  const keys = await accessKeys(opened);
  const access = keys && readAccess(request.headers.get('cookie'), keys, now);
  const needed = await neededFor(request, opened);
  if (needed) {
    if (isOpen(request)) return { goTo: null, setCookie: null };
    // A proxy that should name the person has been left out: there is nothing to enter.
    if (!isVisit(request) || (needed === 'account' && !opened.oidc))
      throw needed === 'code' ? noAccess() : notSignedIn();
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

/** What this browser has to show before anything else: the access code first, then who its person is. */
export async function neededFor(request: Request, opened: Services): Promise<'code' | 'account' | null> {
  const now = Date.now();
  const keys = await accessKeys(opened);
  if (keys && !readAccess(request.headers.get('cookie'), keys, now)) return 'code';
  if (!hasAccounts(opened.settings)) return null;
  const account = await currentAccount(request, opened, now).catch((error: unknown) => {
    if (error instanceof ChatError && error.code === 'unauthorized') return null;
    throw error;
  });
  // A device that was signed out signs in again, as a new one.
  const isIn = account !== null && (!opened.oidc || (await isSignedIn(opened, account, request)));
  return isIn ? null : 'account';
}

/** Next fetches the content of a page by itself too, and would take the access page for it. */
const isVisit = ({ method, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && !headers.has('rsc') && !headers.has('next-action');
