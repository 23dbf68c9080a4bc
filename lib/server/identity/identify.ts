import type { AuthSecret } from './auth-secret';
import {
  COOKIE_NAME,
  type Guest,
  guestCookie,
  needsRenewal,
  newGuest,
  readGuest,
  signGuest,
} from './guest-cookie';

export interface Identity {
  guest: Guest;
  /** A `Set-Cookie` header to send along, when the guest is new or the cookie is due for renewal. */
  setCookie: string | null;
}

/** The guest of a request that reads. Never mints: parallel first requests must make one guest, not many. */
export async function currentGuest(request: Request, secret: AuthSecret): Promise<Guest | null> {
  const value = cookieOf(request);
  return value ? readGuest(value, await secret.secrets()) : null;
}

/**
 * The guest of a request that may make one: the page, or a POST.
 * @throws ChatError `store_unavailable` when the secret cannot be read; the cookie is then left alone.
 */
export async function identify(request: Request, secret: AuthSecret, now: number): Promise<Identity> {
  const known = await currentGuest(request, secret);
  if (known && !needsRenewal(known, now)) return { guest: known, setCookie: null };
  if (!known) await secret.sync();
  const guest = known ? { ...known, issuedAt: now } : newGuest(now);
  const [current] = await secret.secrets();
  return { guest, setCookie: guestCookie(signGuest(guest, current), isHttps(request)) };
}

function cookieOf(request: Request): string | undefined {
  const prefix = `${COOKIE_NAME}=`;
  const pairs = request.headers.get('cookie')?.split(/;\s*/) ?? [];
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}

/** Behind a proxy that ends TLS, the scheme that the browser used is in a header. */
function isHttps(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  return (forwarded ?? new URL(request.url).protocol.replace(':', '')) === 'https';
}
