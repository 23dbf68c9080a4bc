import { createHash, createHmac, randomBytes } from 'node:crypto';
import { HOST_PREFIX, LONGEST_AGE_S, setCookie } from '@/lib/server/http/signed-cookie';
import { isSameSecret } from '@/lib/server/is-same-secret';

/** The guest of a request. `owner` is part of every key of the store. `device` tells this browser from others. */
export interface Guest {
  owner: string;
  device: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
}

/** The cookie name of the first release. Such a cookie is accepted and replaced by one of the new form. */
export const FIRST_RELEASE_COOKIE = 'confab_guest';
/** The tolerated difference between the clocks of two instances. */
const SKEW_MS = 5 * 60_000;

const randomId = (): string => randomBytes(16).toString('base64url');

export const newGuest = (now: number): Guest => ({ owner: randomId(), device: randomId(), issuedAt: now });

/**
 * The cookie's value: `owner.device.issuedAt.signature`, an HMAC-SHA256 of the first three. On https the prefix of the name
 * is signed too. Otherwise another host of the site could give a new visitor its own guest, under the name for http.
 */
export function signGuest(guest: Guest, secret: string, isSecure = false): string {
  const payload = `${guest.owner}.${guest.device}.${guest.issuedAt}`;
  return `${payload}.${signature(payload, secret, isSecure)}`;
}

const FORM = /^(([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})\.(\d{1,15}))\.([A-Za-z0-9_-]{43})$/;

/** The owner named in a cookie's value, unverified. Use it only to look up copies of the secret. */
export function ownersIn(value: string): string[] {
  const owner = FORM.exec(value)?.[2];
  return owner === undefined ? [] : [owner];
}

/**
 * The guest in a cookie's value, or null if none of `secrets` signed it. The caller still has to check its
 * age (`isInTime`).
 * @param isSecure whether the name is that for https. No other host can set it, so both signatures are accepted there.
 */
export function readGuest(
  value: string | undefined,
  secrets: readonly string[],
  isSecure = false,
): Guest | null {
  const [, payload, owner, device, issued, given] = FORM.exec(value ?? '') ?? [];
  if (!payload || !owner || !device || !issued || !given) return null;
  const forms = isSecure ? [true, false] : [false];
  if (!secrets.some((secret) => forms.some((form) => isSameSecret(given, signature(payload, secret, form)))))
    return null;
  return { owner, device, issuedAt: Number(issued) };
}

/** False if the cookie is older than browsers keep cookies, or from the future: a clock is or was wrong. */
export const isInTime = ({ issuedAt }: Guest, now: number): boolean =>
  issuedAt <= now + SKEW_MS && issuedAt >= now - LONGEST_AGE_S * 1000;

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
 * Every name that a guest cookie of ours may have, the current one first. On https that includes the names
 * for http, because the site may have moved to https later.
 */
export const cookieNames = (secrets: readonly [string, ...string[]], isSecure: boolean): string[] => [
  ...(isSecure ? secrets.map((secret) => cookieName(secret, true)) : []),
  ...secrets.map((secret) => cookieName(secret, false)),
  FIRST_RELEASE_COOKIE,
];

/** Whether this is the name of a guest cookie, of this instance or of another one. */
export const isGuestCookie = (name: string): boolean => /^(__Host-)?confab_guest(_[0-9a-f]{8})?$/.test(name);

/** The `Set-Cookie` header of a guest. */
export const guestCookie = (guest: Guest, secret: string, isSecure: boolean): string =>
  setCookie(cookieName(secret, isSecure), signGuest(guest, secret, isSecure), LONGEST_AGE_S);

/** The `Set-Cookie` header that removes the cookie of this name. */
export const removedCookie = (name: string): string => setCookie(name, '', 0);

const signature = (payload: string, secret: string, isSecure: boolean): string =>
  createHmac('sha256', secret)
    .update(`${isSecure ? HOST_PREFIX : ''}${payload}`)
    .digest('base64url');
