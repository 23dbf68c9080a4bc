import { isAccountCookie } from '@/lib/server/access/account-cookie';
import { isSignedIn } from '@/lib/server/guests/check-device';
import { mayIssueCookie } from '@/lib/server/http/gate';
import { log, reasonOf } from '@/lib/server/log';
import { services } from '@/lib/server/services';
import { cookieNames, isGuestCookie } from './guest-cookie';
import { identify } from './identify';

/**
 * The `Set-Cookie` header of the page's response, if it needs one. If the store is unreachable, the page is served
 * without one, so that it can say what is wrong; the browser keeps the cookie it has.
 */
export async function pageCookie(request: Request): Promise<string | null> {
  if (!mayIssueCookie(request)) return null;
  try {
    const opened = await services();
    const { guest, setCookie, isNew } = await identify(request, opened, Date.now());
    // A page without a cookie does not use the store.
    if (isNew || (await isSignedIn(opened, guest, request))) return setCookie;
    // The browser becomes a new guest.
    const stranger = new Request(request.url, { headers: withoutCookie(request.headers) });
    return (await identify(stranger, opened, Date.now())).setCookie;
  } catch (error) {
    log('error', 'guest_cookie_not_issued', { reason: reasonOf(error) });
    return null;
  }
}

/**
 * Whether these cookies hold no guest of ours. If the store is unreachable, a cookie of another instance on
 * this host counts as ours, and the page looks for a history.
 */
export async function isFirstVisit(sent: readonly string[]): Promise<boolean> {
  if (sent.some(isAccountCookie)) return false;
  if (!sent.some(isGuestCookie)) return true;
  try {
    const { secret } = await services();
    const own = cookieNames(await secret.secrets(), true);
    return !sent.some((name) => own.includes(name));
  } catch (error) {
    log('error', 'guest_not_read', { reason: reasonOf(error) });
    return false;
  }
}

function withoutCookie(headers: Headers): Headers {
  const others = new Headers(headers);
  others.delete('cookie');
  return others;
}
