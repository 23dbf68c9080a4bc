import { createHash, createHmac } from 'node:crypto';
import { isSameSecret } from '@/lib/server/is-same-secret';
import { readCookies } from './read-cookies';

/** RFC 6265bis, 4.1.3.2: the browser takes such a cookie only from this host and over https. */
export const HOST_PREFIX = '__Host-';
/** The longest that browsers keep a cookie (RFC 6265bis, 5.5), in seconds. */
export const LONGEST_AGE_S = 400 * 86_400;
const RENEW_AFTER_MS = 86_400_000;

/** Whether the cookie of a browser that comes back is old enough to be sent anew. */
export const needsRenewal = ({ issuedAt }: { issuedAt: number }, now: number): boolean =>
  now - issuedAt > RENEW_AFTER_MS;

/**
 * A `Set-Cookie` header. HttpOnly, because no script needs our cookies; Secure if the name has the prefix. An age of 0
 * removes the cookie.
 */
export function setCookie(
  name: string,
  value: string,
  maxAgeS: number,
  sameSite: 'Lax' | 'Strict' = 'Lax',
): string {
  const attributes = ['Path=/', `Max-Age=${maxAgeS}`, 'HttpOnly', `SameSite=${sameSite}`];
  return [`${name}=${value}`, ...attributes, ...(name.startsWith(HOST_PREFIX) ? ['Secure'] : [])].join('; ');
}

/**
 * The name of a cookie of this instance. It contains a hash of the secret, so that two servers on one host do not
 * overwrite each other's cookies.
 */
export const instanceCookie = (kind: string, secret: string, isSecure: boolean): string =>
  `${isSecure ? HOST_PREFIX : ''}confab_${kind}_${createHash('sha256').update(`${kind} ${secret}`).digest('hex').slice(0, 8)}`;

/** The kind is part of what is signed, so that the value of one cookie is not valid in another. */
export const signatureOf = (kind: string, payload: string, secret: string): string =>
  createHmac('sha256', secret).update(`${kind}.${payload}`).digest('base64url');

/** The `Set-Cookie` header of a cookie that `readSigned` reads. */
export const signedCookie = (
  kind: string,
  payload: string,
  { secret, isSecure, maxAgeS }: { secret: string; isSecure: boolean; maxAgeS: number },
): string =>
  setCookie(
    instanceCookie(kind, secret, isSecure),
    `${payload}.${signatureOf(kind, payload, secret)}`,
    maxAgeS,
  );

/**
 * The payload of a signed cookie, or null if none of our secrets signed it. Two cases count as no cookie, because another
 * host of the site can cause them: on https, a cookie under the name for http; and several cookies of one name.
 */
export function readSigned(
  kind: string,
  cookies: string | null,
  { secrets, isSecure }: { secrets: readonly string[]; isSecure: boolean },
): string | null {
  const sent = readCookies(cookies);
  for (const secret of secrets) {
    const values = sent.get(instanceCookie(kind, secret, isSecure)) ?? [];
    if (values.length > 1) return null;
    const [, payload, signature] = /^(.+)\.([\w-]{43})$/.exec(values[0] ?? '') ?? [];
    if (payload && signature && isSameSecret(signature, signatureOf(kind, payload, secret))) return payload;
  }
  return null;
}
