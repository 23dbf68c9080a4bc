import { log, reasonOf } from '@/lib/server/log';
import { services } from '@/lib/server/services';
import { identify } from './identify';

/**
 * The `Set-Cookie` header of the page's response, if one is due. If the store is unreachable, the page is served
 * without one, so that it can say what is wrong; the browser keeps the cookie it has.
 */
export async function pageCookie(request: Request): Promise<string | null> {
  try {
    const { secret } = await services();
    return (await identify(request, secret, Date.now())).setCookie;
  } catch (error) {
    log('error', 'guest_cookie_not_issued', { reason: reasonOf(error) });
    return null;
  }
}
