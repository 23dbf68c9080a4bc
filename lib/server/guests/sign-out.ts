import { endedAccessCookie } from '@/lib/server/access/access-cookie';
import { hasAccounts } from '@/lib/server/access/account';
import { endedAccountCookie } from '@/lib/server/access/account-cookie';
import { accessKeys } from '@/lib/server/access/require-access';
import { isHttps } from '@/lib/server/http/gate';
import { guestOf } from '@/lib/server/http/read-request';
import { forgetGuest } from '@/lib/server/identity/identify';
import type { Services } from '@/lib/server/services';

/** Signs the device of this request out. Returns the `Set-Cookie` headers that remove its cookies. */
export async function signOut(request: Request, services: Services): Promise<string[]> {
  const guest = await guestOf(request, services);
  if (guest) {
    const { owner, device } = guest;
    await services.store.revokeDevice({ owner, deviceId: device, now: Date.now() });
  }
  return endedCookies(request, services, { keepAccess: false });
}

/** The `Set-Cookie` headers that remove the cookies of a guest, and of the access code unless it is kept. */
export async function endedCookies(
  request: Request,
  services: Services,
  { keepAccess }: { keepAccess: boolean },
): Promise<string[]> {
  const keys = keepAccess ? null : await accessKeys(services);
  const isSecure = isHttps(request, services.settings);
  const [secret] = await services.secret.secrets();
  const cookies = [
    ...(await forgetGuest(request, services)),
    ...(hasAccounts(services.settings) ? [endedAccountCookie(secret, isSecure)] : []),
  ];
  return keys ? [...cookies, endedAccessCookie(keys, isSecure)] : cookies;
}
