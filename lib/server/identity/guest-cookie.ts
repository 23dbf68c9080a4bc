import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The guest of a request. `owner` is part of every key of the store. `device` tells this browser from others. */
export interface Guest {
  owner: string;
  device: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
}

export const COOKIE_NAME = 'confab_guest';
const MAX_AGE_S = 400 * 86_400;
const RENEW_AFTER_MS = 86_400_000;

const randomId = (): string => randomBytes(16).toString('base64url');

export const newGuest = (now: number): Guest => ({ owner: randomId(), device: randomId(), issuedAt: now });

/** The cookie's value: `owner.device.issuedAt.signature`, HMAC-SHA256 over the first three. */
export function signGuest(guest: Guest, secret: string): string {
  const payload = `${guest.owner}.${guest.device}.${guest.issuedAt}`;
  return `${payload}.${signature(payload, secret)}`;
}

/** The guest in a cookie's value, or null if none of `secrets` signed it. */
export function readGuest(value: string | undefined, secrets: readonly string[]): Guest | null {
  const match = /^(([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})\.(\d{1,15}))\.([A-Za-z0-9_-]{43})$/.exec(
    value ?? '',
  );
  const [, payload, owner, device, issuedAt, given] = match ?? [];
  if (!payload || !owner || !device || !issuedAt || !given) return null;
  const isSigned = secrets.some((secret) => sameText(signature(payload, secret), given));
  return isSigned ? { owner, device, issuedAt: Number(issuedAt) } : null;
}

export const needsRenewal = (guest: Guest, now: number): boolean => now - guest.issuedAt > RENEW_AFTER_MS;

/** The `Set-Cookie` header of a guest. HttpOnly, because no script needs it. */
export function guestCookie(value: string, isSecure: boolean): string {
  const attributes = [
    'Path=/',
    `Max-Age=${MAX_AGE_S}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ];
  return [`${COOKIE_NAME}=${value}`, ...attributes].join('; ');
}

const signature = (payload: string, secret: string): string =>
  createHmac('sha256', secret).update(payload).digest('base64url');

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
