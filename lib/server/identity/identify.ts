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
  /** The `Set-Cookie` header to send, if the guest is new or the cookie is due for renewal. */
  setCookie: string | null;
}

/** The guest of a request, or null. Creates none: parallel first requests must not create several guests. */
export async function currentGuest(request: Request, secret: AuthSecret): Promise<Guest | null> {
  const value = cookieOf(request);
  return value ? readGuest(value, await secret.secrets()) : null;
}

/**
 * The guest of a request that may create one: the page, or a POST.
 * @throws ChatError `store_unavailable` if the secret cannot be read.
 */
export async function identify(request: Request, secret: AuthSecret, now: number): Promise<Identity> {
  const returning = await currentGuest(request, secret);
  if (returning && !needsRenewal(returning, now)) return { guest: returning, setCookie: null };
  if (!returning) await secret.sync();
  const guest = returning ? { ...returning, issuedAt: now } : newGuest(now);
  const [current] = await secret.secrets();
  return { guest, setCookie: guestCookie(signGuest(guest, current), isHttps(request)) };
}

function cookieOf(request: Request): string | undefined {
  const prefix = `${COOKIE_NAME}=`;
  const pairs = request.headers.get('cookie')?.split(/;\s*/) ?? [];
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}

/** Behind a proxy that terminates TLS, the browser's scheme is in a header. */
function isHttps(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  return (forwarded ?? new URL(request.url).protocol.replace(':', '')) === 'https';
}
