import { createHash, timingSafeEqual } from 'node:crypto';
import { ChatError } from '@/lib/chat/chat-error';
import type { Tried, Trier } from '@/lib/server/access/sign-in-tries';
import { addressOf } from '@/lib/server/http/client-address';
import { hashedId } from '@/lib/server/limits/hashed-id';
import { log } from '@/lib/server/log';
import type { Services } from '@/lib/server/services';
import { isAdmin } from './admin-cookie';

/** Hashed first, so that the comparison takes the same time whatever the length of the two. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether this is the admin token, in constant time. */
const isAdminToken = (candidate: string, token: string): boolean =>
  timingSafeEqual(digestOf(candidate), digestOf(token));

const trierOf = (request: Request, settings: Services['settings']): Trier => ({
  secret: 'admin',
  id: hashedId(addressOf(request, settings)),
  isKnown: false,
});

type TokenServices = Pick<Services, 'settings' | 'signInTries'>;

/** Looks at an admin token that was entered, unless wrong ones from the same address make it too early. */
export async function tryAdminToken(
  request: Request,
  { settings, signInTries }: TokenServices,
  { given, adminToken }: { given: string; adminToken: string },
): Promise<Tried<true>> {
  const look = () => (isAdminToken(given, adminToken) ? true : null);
  const tried = await signInTries.attempt(trierOf(request, settings), Date.now(), look);
  if (tried.outcome === 'wrong') log('warn', 'admin_sign_in_refused');
  return tried;
}

/**
 * Lets a request through that carries `Authorization: Bearer` with the admin token. A program that has always sent the
 * right one costs the store nothing, and waits for nobody who guesses elsewhere.
 * @throws ChatError `not_found` if the server has no admin token, `unauthorized` if the request has another one,
 * `rate_limited` if it comes too early after wrong ones from the same address.
 */
export async function requireAdminToken(request: Request, services: TokenServices): Promise<void> {
  const { settings, signInTries } = services;
  const { adminToken } = settings;
  if (adminToken === null) throw new ChatError('not_found');
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (given === undefined) throw new ChatError('unauthorized');
  if (!signInTries.hasFailed(trierOf(request, settings), Date.now()) && isAdminToken(given, adminToken))
    return;
  const tried = await tryAdminToken(request, services, { given, adminToken });
  if (tried.outcome === 'right') return;
  const { outcome, waitMs: retryAfterMs } = tried;
  throw new ChatError(outcome === 'wrong' ? 'unauthorized' : 'rate_limited', { retryAfterMs });
}

/** Whether a request is the owner's, by the token or by a cookie of the admin page. Wrong tokens are counted. */
export async function isAdminRequest(request: Request, services: TokenServices): Promise<boolean> {
  const { adminToken } = services.settings;
  if (adminToken !== null && isAdmin(request.headers.get('cookie'), adminToken, Date.now())) return true;
  return requireAdminToken(request, services).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ChatError) return false;
      throw error;
    },
  );
}
