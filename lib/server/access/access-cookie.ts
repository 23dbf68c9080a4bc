import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { cookieValues } from './signed-cookie';

/** As long as a guest cookie. */
const MAX_AGE_S = 400 * 86_400;
const RENEW_AFTER_MS = 86_400_000;

/** A browser that is let in, by the access code that its person entered. */
export interface Access {
  code: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
}

/** What signs and reads the cookie. The first secret signs. */
export interface AccessKeys {
  codes: readonly string[];
  secrets: readonly [string, ...string[]];
}

/** The `Set-Cookie` header that lets a browser in. It ends when the code is changed, because the code signs it too. */
export function accessCookie({ code, issuedAt }: Access, { secrets }: AccessKeys, secure: boolean): string {
  const [secret] = secrets;
  return setCookie(
    cookieName(secret, secure),
    `${issuedAt}.${sign(issuedAt, code, secret)}`,
    secure,
    MAX_AGE_S,
  );
}

/** The `Set-Cookie` header that removes the cookie. */
export const endedAccessCookie = ({ secrets: [secret] }: AccessKeys, secure: boolean): string =>
  setCookie(cookieName(secret, secure), '', secure, 0);

/** The access in a request's cookies, or null if none of our secrets and present codes signed it, or it is too old. */
export function readAccess(
  cookies: string | null,
  { codes, secrets }: AccessKeys,
  now: number,
): Access | null {
  for (const secret of secrets) {
    const names = [cookieName(secret, true), cookieName(secret, false)];
    for (const value of cookieValues(cookies, names)) {
      const [, digits, signature] = /^(\d{1,15})\.([A-Za-z0-9_-]{43})$/.exec(value) ?? [];
      if (!digits || !signature) continue;
      const issuedAt = Number(digits);
      const code = codes.find((one) => isSame(sign(issuedAt, one, secret), signature));
      if (code !== undefined && now - issuedAt < MAX_AGE_S * 1000) return { code, issuedAt };
    }
  }
  return null;
}

export const isAccessDue = ({ issuedAt }: Access, now: number): boolean => now - issuedAt > RENEW_AFTER_MS;

/**
 * Two servers on one host have different names, so that they do not overwrite each other's cookie. The prefix keeps other
 * hosts of the same site from setting it.
 */
const cookieName = (secret: string, secure: boolean): string =>
  `${secure ? '__Host-' : ''}confab_access_${createHash('sha256').update(`access ${secret}`).digest('hex').slice(0, 8)}`;

function setCookie(name: string, value: string, secure: boolean, maxAge: number): string {
  const attributes = [
    'Path=/',
    `Max-Age=${maxAge}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ];
  return [`${name}=${value}`, ...attributes].join('; ');
}

const sign = (issuedAt: number, code: string, secret: string): string =>
  createHmac('sha256', secret).update(`access.${issuedAt}.${code}`).digest('base64url');

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
