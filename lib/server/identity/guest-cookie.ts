import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The guest of a request. `owner` is part of every key of the store. `device` tells this browser from others. */
export interface Guest {
  owner: string;
  device: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
}

/** The name that the first release gave its cookie. Such a cookie is believed, and renewed into the new form. */
export const FIRST_RELEASE_COOKIE = 'confab_guest';
/** RFC 6265bis, 4.1.3.2: the browser takes such a cookie only from this host and over https. */
const HOST_PREFIX = '__Host-';
/** The longest that browsers keep a cookie (RFC 6265bis, 5.5). */
const MAX_AGE_S = 400 * 86_400;
/** Clocks of instances differ a little, and are corrected. */
const SKEW_MS = 5 * 60_000;
const RENEW_AFTER_MS = 86_400_000;

const randomId = (): string => randomBytes(16).toString('base64url');

export const newGuest = (now: number): Guest => ({ owner: randomId(), device: randomId(), issuedAt: now });

/**
 * The cookie's value: `owner.device.issuedAt.signature`, HMAC-SHA256 over the first three. On https the prefix of the name is
 * signed too: a host of the same site could otherwise give a new visitor a guest of its own under the name of http.
 */
export function signGuest(guest: Guest, secret: string, isSecure = false): string {
  const payload = `${guest.owner}.${guest.device}.${guest.issuedAt}`;
  return `${payload}.${signature(payload, secret, isSecure)}`;
}

const FORM = /^(([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})\.(\d{1,15}))\.([A-Za-z0-9_-]{43})$/;

/** The owner that a cookie's value names. Nothing has been checked: it says only where a copy of its secret may be. */
export function ownersIn(value: string): string[] {
  const owner = FORM.exec(value)?.[2];
  return owner === undefined ? [] : [owner];
}

/**
 * The guest in a cookie's value, or null if none of `secrets` signed it, or if it is too old or from the future.
 * @param isSecure of the cookie's name. Under that of https, which no other host can set, both signatures are believed.
 */
export function readGuest(
  value: string | undefined,
  secrets: readonly string[],
  now: number,
  isSecure = false,
): Guest | null {
  const [, payload, owner, device, issued, given] = FORM.exec(value ?? '') ?? [];
  if (!payload || !owner || !device || !issued || !given) return null;
  const forms = isSecure ? [true, false] : [false];
  if (!secrets.some((secret) => forms.some((form) => sameText(signature(payload, secret, form), given))))
    return null;
  const issuedAt = Number(issued);
  if (issuedAt > now + SKEW_MS || issuedAt < now - MAX_AGE_S * 1000) return null;
  return { owner, device, issuedAt };
}

export const needsRenewal = (guest: Guest, now: number): boolean => now - guest.issuedAt > RENEW_AFTER_MS;

/**
 * The name of the cookies that this secret signs. A short id of the instance is part of it: two servers on one host,
 * such as on two ports, would otherwise replace each other's cookies. On https it is a name that neither a sibling
 * subdomain nor a page on http can set.
 */
export function cookieName(secret: string, isSecure: boolean): string {
  const id = createHash('sha256').update(`confab.instance.${secret}`).digest('hex').slice(0, 8);
  return `${isSecure ? HOST_PREFIX : ''}${FIRST_RELEASE_COOKIE}_${id}`;
}

export const isSecureName = (name: string): boolean => name.startsWith(HOST_PREFIX);

/**
 * Under which names a guest of ours may have a cookie, the current form first. On https that includes the names of
 * http, for a server that got its certificate later.
 */
export const cookieNames = (secrets: readonly [string, ...string[]], isSecure: boolean): string[] => [
  ...(isSecure ? secrets.map((secret) => cookieName(secret, true)) : []),
  ...secrets.map((secret) => cookieName(secret, false)),
  FIRST_RELEASE_COOKIE,
];

/** True of every guest cookie, of this instance or of another one. */
export const isGuestCookie = (name: string): boolean => /^(__Host-)?confab_guest(_[0-9a-f]{8})?$/.test(name);

/** The `Set-Cookie` header of a guest. HttpOnly, because no script needs it. */
export function guestCookie(guest: Guest, secret: string, isSecure: boolean): string {
  const name = cookieName(secret, isSecure);
  return setCookie(name, signGuest(guest, secret, isSecure), MAX_AGE_S, isSecure);
}

/** The `Set-Cookie` header that removes the cookie of this name. */
export const removedCookie = (name: string): string => setCookie(name, '', 0, isSecureName(name));

const setCookie = (name: string, value: string, maxAgeS: number, isSecure: boolean): string =>
  [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeS}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');

const signature = (payload: string, secret: string, isSecure: boolean): string =>
  createHmac('sha256', secret)
    .update(`${isSecure ? HOST_PREFIX : ''}${payload}`)
    .digest('base64url');

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
