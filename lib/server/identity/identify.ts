import { ChatError } from '@/lib/chat/chat-error';
import { currentAccount, hasAccounts, identifyAccount } from '@/lib/server/access/account';
import { isHttps } from '@/lib/server/http/gate';
import { readCookies } from '@/lib/server/http/read-cookies';
import { needsRenewal } from '@/lib/server/http/signed-cookie';
import type { Services } from '@/lib/server/services';
import {
  cookieName,
  cookieNames,
  type Guest,
  guestCookie,
  isGuestCookie,
  isInTime,
  isSecureName,
  newGuest,
  ownersIn,
  readGuest,
  removedCookie,
  signGuest,
} from './guest-cookie';

export interface Identity {
  /** As in the cookie that was sent: renewing it must not restore what has been deleted since. */
  guest: Guest;
  /** The `Set-Cookie` header to send, if the guest is new or the cookie is due for renewal. */
  setCookie: string | null;
  /** Made for this request; nothing of this guest is stored. */
  isNew: boolean;
}

type IdentityServices = Pick<Services, 'secret' | 'settings'>;

/**
 * The guest of a request, or null. Creates none: parallel first requests must not create several guests.
 * @throws ChatError `forbidden` if the browser sent several cookies of one name, or one with an invalid time;
 * `store_unavailable` if the secret cannot be read.
 */
export async function currentGuest(
  request: Request,
  services: IdentityServices,
  now: number,
): Promise<Guest | null> {
  if (hasAccounts(services.settings)) return currentAccount(request, services, now);
  return readGuestCookie(request, services, now);
}

/** The guest in the request's guest cookie, also where people sign in. @throws as `currentGuest`. */
export const readGuestCookie = async (
  request: Request,
  services: IdentityServices,
  now: number,
): Promise<Guest | null> => (await findCookie(request, services, now))?.guest ?? null;

/** The guest that this browser was before its person signed in; null where nobody signs in. @throws as `currentGuest`. */
export async function formerGuest(
  request: Request,
  services: IdentityServices,
  now: number,
): Promise<Guest | null> {
  return hasAccounts(services.settings) ? readGuestCookie(request, services, now) : null;
}

/**
 * The guest of a request that may create one: the page, or a POST that has passed the gate.
 * @throws ChatError as `currentGuest`.
 */
export async function identify(request: Request, services: IdentityServices, now: number): Promise<Identity> {
  if (hasAccounts(services.settings)) return identifyAccount(request, services, now);
  const { secret } = services;
  const found = await findCookie(request, services, now);
  if (found && !found.isOldForm && !needsRenewal(found.guest, now))
    return { guest: found.guest, setCookie: null, isNew: false };
  const guest = found?.guest ?? newGuest(now);
  const [current] = await secret.secrets();
  const renewed = { ...guest, issuedAt: now };
  const setCookie = guestCookie(renewed, current, isHttps(request, services.settings));
  return { guest, setCookie, isNew: !found };
}

/** The `Set-Cookie` headers that remove every guest cookie that the browser sent. */
export async function forgetGuest(
  request: Request,
  { secret, settings }: IdentityServices,
): Promise<string[]> {
  const sent = readCookies(request.headers.get('cookie'));
  const names = cookieNames(await secret.secrets(), isHttps(request, settings));
  return names.filter((name) => sent.has(name)).map(removedCookie);
}

interface FoundCookie {
  guest: Guest;
  /** Its name or signature differs from what a new cookie would have. */
  isOldForm: boolean;
}

/**
 * The guest of a request's cookies. A cookie that cannot be verified now never leads to a new guest: the
 * instance is part of the cookie's name, so the cookies of other instances stay, and this throws while one of
 * them may still be ours.
 * @throws ChatError as `currentGuest`.
 */
async function findCookie(
  request: Request,
  { secret, settings }: IdentityServices,
  now: number,
): Promise<FoundCookie | null> {
  const sent = readCookies(request.headers.get('cookie'));
  const names = [...sent.keys()].filter(isGuestCookie);
  if (names.length === 0) return null;
  const isSecure = isHttps(request, settings);
  const own = await secret.believed();
  const found = readCookiesOf(sent, own, { isSecure, now });
  if (found) return found;
  const owners = new Set(names.flatMap((name) => (sent.get(name) ?? []).flatMap(ownersIn)));
  for (const owner of [...owners].slice(0, MOST_OWNERS)) {
    for (const candidate of await secret.candidates(owner)) {
      const other = own.includes(candidate) ? null : readCookiesOf(sent, [candidate], { isSecure, now });
      if (other?.guest.owner !== owner) continue;
      await secret.believe(candidate);
      return { guest: other.guest, isOldForm: true };
    }
  }
  // Throws if the secret is missing: one of these cookies may be ours.
  await secret.secrets();
  return null;
}

/** A browser has cookies of at most a few instances on one host. This bounds the lookups. */
const MOST_OWNERS = 8;

/**
 * If the browser sent several cookies of one name, a sibling subdomain may have added one, so none is accepted. None is
 * replaced either, because one of them is the visitor's own.
 */
function readCookiesOf(
  sent: ReadonlyMap<string, readonly string[]>,
  secrets: readonly string[],
  { isSecure, now }: { isSecure: boolean; now: number },
): FoundCookie | null {
  const [current, ...older] = secrets;
  if (current === undefined) return null;
  const newForm = cookieName(current, isSecure);
  let isLate = false;
  for (const name of cookieNames([current, ...older], isSecure)) {
    const values = sent.get(name) ?? [];
    if (values.length > 1) throw new ChatError('forbidden', { reason: 'several_cookies' });
    const guest = readGuest(values[0], secrets, isSecureName(name));
    if (guest && isInTime(guest, now))
      return { guest, isOldForm: name !== newForm || values[0] !== signGuest(guest, current, isSecure) };
    if (guest) isLate = true;
  }
  // A new guest's cookie would replace it, and the clock may be right again in a moment.
  if (isLate) throw new ChatError('forbidden', { reason: 'cookie_date' });
  return null;
}
