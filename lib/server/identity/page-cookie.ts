import { log, reasonOf } from '@/lib/server/log';
import { services } from '@/lib/server/services';
import { identify } from './identify';

/**
 * The `Set-Cookie` of the page's response, if one is due. With the store in trouble the page is served all the same:
 * it says what is wrong, and the cookie is left alone.
 */
export async function pageCookie(request: Request): Promise<string | null> {
  try {
    const { secret } = await services();
    return (await identify(request, secret, Date.now())).setCookie;
  } catch (error) {
    log('error', 'guest_not_minted', { reason: reasonOf(error) });
    return null;
  }
}
