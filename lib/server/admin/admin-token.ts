import { ChatError } from '@/lib/chat/chat-error';
import type { Tried, Trier } from '@/lib/server/access/sign-in-tries';
import { addressOf } from '@/lib/server/http/client-address';
import { isSameSecret } from '@/lib/server/is-same-secret';
import { hashedId } from '@/lib/server/limits/hashed-id';
import { log } from '@/lib/server/log';
import type { Services } from '@/lib/server/services';
import { isAdmin } from './admin-cookie';

const trierOf = (request: Request, settings: Services['settings']): Trier => ({
  secret: 'admin',
  id: hashedId(addressOf(request, settings)),
  wasLetIn: false,
});

type TokenServices = Pick<Services, 'settings' | 'signInTries'>;

/** Checks an admin token that was entered, unless it comes too early after wrong ones from the same address. */
export async function tryAdminToken(
  request: Request,
  { settings, signInTries }: TokenServices,
  { given, adminToken }: { given: string; adminToken: string },
): Promise<Tried<true>> {
  const check = () => (isSameSecret(given, adminToken) ? true : null);
  const tried = await signInTries.try(trierOf(request, settings), Date.now(), check);
  if (tried.outcome === 'wrong') log('warn', 'admin_sign_in_refused');
  return tried;
}

/**
 * Requires the admin token as `Authorization: Bearer`. An address without a wrong try is checked without the store,
 * so a program that polls costs nothing and does not wait because others guess.
 * @throws ChatError `not_found` if the server has no admin token, `unauthorized` if the request has another one,
 * `rate_limited` if it comes too early after wrong ones from the same address.
 */
export async function requireAdminToken(request: Request, services: TokenServices): Promise<void> {
  const { settings, signInTries } = services;
  const { adminToken } = settings;
  if (adminToken === null) throw new ChatError('not_found');
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (given === undefined) throw new ChatError('unauthorized');
  if (!signInTries.hasFailed(trierOf(request, settings), Date.now()) && isSameSecret(given, adminToken))
    return;
  const tried = await tryAdminToken(request, services, { given, adminToken });
  if (tried.outcome === 'right') return;
  const { outcome, waitMs: retryAfterMs } = tried;
  throw new ChatError(outcome === 'wrong' ? 'unauthorized' : 'rate_limited', { retryAfterMs });
}

/** Whether the request has the admin token or a cookie of the admin page. Wrong tokens are counted. */
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
