import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { readCookies } from '@/lib/server/http/read-cookies';

/**
 * The name of a cookie of this instance. Two servers on one host have different names, so that they do not overwrite each
 * other's. The prefix keeps other hosts of the same site from setting it.
 */
export const instanceCookie = (kind: string, secret: string, isSecure: boolean): string =>
  `${isSecure ? '__Host-' : ''}confab_${kind}_${createHash('sha256').update(`${kind} ${secret}`).digest('hex').slice(0, 8)}`;

export function setCookie(name: string, value: string, maxAgeS: number): string {
  const attributes = ['Path=/', `Max-Age=${maxAgeS}`, 'HttpOnly', 'SameSite=Lax'];
  return [`${name}=${value}`, ...attributes, ...(name.startsWith('__Host-') ? ['Secure'] : [])].join('; ');
}

/** Every value that was sent under any of these names. */
export function cookieValues(cookies: string | null, names: readonly string[]): string[] {
  const sent = readCookies(cookies);
  return names.flatMap((name) => sent.get(name) ?? []);
}

/** The kind is part of what is signed: a value of one cookie is none of another. */
export const signatureOf = (kind: string, payload: string, secret: string): string =>
  createHmac('sha256', secret).update(`${kind}.${payload}`).digest('base64url');

export function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
