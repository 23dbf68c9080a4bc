import { ChatError } from '@/lib/chat/chat-error';
import { withoutBasePath } from '@/lib/chat/site-path';
import { isSignedIn } from '@/lib/server/guests/check-device';
import { isHttps } from '@/lib/server/http/gate';
import { needsRenewal } from '@/lib/server/http/signed-cookie';
import { log, reasonOf } from '@/lib/server/log';
import { type Services, services } from '@/lib/server/services';
import { accessCookie, readAccess } from './access-cookie';
import { currentAccount, hasAccounts, notSignedIn } from './account';
import { accessKeys, isOpen, noAccess } from './require-access';
import { returnPath } from './return-path';

export interface PageAccess {
  /** The path to redirect to; null = render the page. */
  goTo: string | null;
  /** The `Set-Cookie` header that renews the access cookie, if it is old enough. */
  setCookie: string | null;
}

/**
 * Sends a visit without access to the access page, and a browser with access from that page to where it wanted to go.
 * If the settings or the store fail, the page is served so that it can say so: it contains nobody's data.
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
  const { pathname: asked, search, searchParams } = new URL(request.url);
  const pathname = withoutBasePath(asked);
  const now = Date.now();
  const keys = await accessKeys(opened);
  const access = keys && readAccess(request.headers.get('cookie'), keys, now);
  const needed = await neededFor(request, opened);
  if (needed) {
    if (isOpen(request)) return { goTo: null, setCookie: null };
    // Without OIDC the proxy in front signs people in: the access page has nothing to offer.
    if (!isVisit(request) || (needed === 'account' && !opened.oidc))
      throw needed === 'code' ? noAccess() : notSignedIn();
    const wanted = returnPath(`${pathname}${search}`);
    return {
      goTo: wanted === '/' ? '/access' : `/access?next=${encodeURIComponent(wanted)}`,
      setCookie: null,
    };
  }
  return {
    goTo: pathname === '/access' ? returnPath(searchParams.get('next')) : null,
    setCookie:
      access && needsRenewal(access, now)
        ? accessCookie({ ...access, issuedAt: now }, keys, isHttps(request, opened.settings))
        : null,
  };
}

/** What this browser still needs: the access code first, then an account. null: it is let in. */
export async function neededFor(request: Request, opened: Services): Promise<'code' | 'account' | null> {
  const now = Date.now();
  const keys = await accessKeys(opened);
  if (keys && !readAccess(request.headers.get('cookie'), keys, now)) return 'code';
  if (!hasAccounts(opened.settings)) return null;
  const account = await currentAccount(request, opened, now).catch((error: unknown) => {
    if (error instanceof ChatError && error.code === 'unauthorized') return null;
    throw error;
  });
  // A device that was signed out has to sign in again, and becomes a new one.
  const isIn = account !== null && (!opened.oidc || (await isSignedIn(opened, account, request)));
  return isIn ? null : 'account';
}

/** Next's scripts fetch pages too, and would show the access page as the content of the one they asked for. */
const isVisit = ({ method, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && !headers.has('rsc') && !headers.has('next-action');
