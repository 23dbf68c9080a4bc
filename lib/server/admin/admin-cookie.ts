import { readCookies } from '@/lib/server/http/read-cookies';
import { HOST_PREFIX, setCookie, signatureOf } from '@/lib/server/http/signed-cookie';
import { isSameSecret } from '@/lib/server/is-same-secret';

const MAX_AGE_S = 8 * 3_600;

const nameOf = (isSecure: boolean): string => `${isSecure ? HOST_PREFIX : ''}confab_admin`;

/** The token is the key, so that a new token ends every admin session. */
const sign = (expiresAt: number, adminToken: string): string =>
  signatureOf('admin', String(expiresAt), adminToken);

/** The `Set-Cookie` header that opens the admin page for eight hours. */
export function adminCookie(adminToken: string, now: number, isSecure: boolean): string {
  const expiresAt = now + MAX_AGE_S * 1000;
  return setCookie(nameOf(isSecure), `${expiresAt}.${sign(expiresAt, adminToken)}`, MAX_AGE_S, 'Strict');
}

/** The `Set-Cookie` header that ends an admin session. */
export const endedAdminCookie = (isSecure: boolean): string => setCookie(nameOf(isSecure), '', 0, 'Strict');

/** Whether the request's cookies hold an admin session that has not expired. */
export function isAdmin(cookies: string | null, adminToken: string, now: number): boolean {
  const sent = readCookies(cookies);
  return [true, false]
    .flatMap((isSecure) => sent.get(nameOf(isSecure)) ?? [])
    .some((value) => {
      const [, digits, signature] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
      if (!digits || !signature || Number(digits) <= now) return false;
      return isSameSecret(signature, sign(Number(digits), adminToken));
    });
}
