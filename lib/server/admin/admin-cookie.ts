import { createHmac, timingSafeEqual } from 'node:crypto';
import { readCookies } from '@/lib/server/http/read-cookies';

const MAX_AGE_S = 8 * 3_600;

/** Only https has the prefix that keeps other hosts of the same site from setting the cookie. */
const nameOf = (secure: boolean): string => `${secure ? '__Host-' : ''}confab_admin`;

/** Signed by the admin token, so that a new token ends every admin session. */
const signature = (expiresAt: number, adminToken: string): string =>
  createHmac('sha256', adminToken).update(`admin.${expiresAt}`).digest('base64url');

const header = (value: string, secure: boolean, maxAge: number): string =>
  [
    `${nameOf(secure)}=${value}`,
    'Path=/',
    `Max-Age=${maxAge}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(secure ? ['Secure'] : []),
  ].join('; ');

/** The `Set-Cookie` header that opens the admin page for eight hours. */
export function adminCookie(adminToken: string, now: number, secure: boolean): string {
  const expiresAt = now + MAX_AGE_S * 1000;
  return header(`${expiresAt}.${signature(expiresAt, adminToken)}`, secure, MAX_AGE_S);
}

export const endedAdminCookie = (secure: boolean): string => header('', secure, 0);

/** Whether one of the request's cookies is an admin's that is still valid. */
export function isAdmin(cookies: string | null, adminToken: string, now: number): boolean {
  const sent = readCookies(cookies);
  return [true, false]
    .flatMap((secure) => sent.get(nameOf(secure)) ?? [])
    .some((value) => {
      const [, digits, given] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
      if (!digits || !given || Number(digits) <= now) return false;
      return timingSafeEqual(Buffer.from(signature(Number(digits), adminToken)), Buffer.from(given));
    });
}
