import { ChatError } from '@/lib/chat/chat-error';
import { addressOf } from '@/lib/server/http/client-address';
import { isHttps } from '@/lib/server/http/gate';
import { readGuestCookie } from '@/lib/server/identity/identify';
import { hashedId } from '@/lib/server/limits/hashed-id';
import type { Services } from '@/lib/server/services';
import { matchCode } from './access-code';
import { accessCookie } from './access-cookie';
import { accessKeys, noAccess } from './require-access';
import type { Trier } from './sign-in-tries';

/**
 * Checks an access code that was entered. Returns the `Set-Cookie` header that lets the browser in; null if the server
 * asks for none.
 * @throws ChatError `unauthorized` for a wrong code, `rate_limited` for a try that comes too early, which is not looked
 * at; both say how long to wait.
 */
export async function enterCode(request: Request, services: Services, code: string): Promise<string | null> {
  const keys = await accessKeys(services);
  if (!keys) return null;
  const now = Date.now();
  const trier = await trierOf(request, services, now);
  const tried = await services.signInTries.attempt(trier, now, () => matchCode(code, keys.codes));
  if (tried.outcome === 'too_early')
    throw new ChatError('rate_limited', {
      retryAfterMs: tried.waitMs,
      message: 'Too many wrong access codes.',
    });
  if (tried.outcome === 'wrong') throw noAccess(tried.waitMs);
  return accessCookie({ code: tried.value, issuedAt: now }, keys, isHttps(request, services.settings));
}

/**
 * A guest's cookie is only given to who is in. A browser that has one (of before the code changed) counts by itself, so
 * that no stranger can keep it out by guessing.
 */
async function trierOf(request: Request, services: Services, now: number): Promise<Trier> {
  const guest = await readGuestCookie(request, services, now);
  const id = guest ? `guest ${guest.owner}` : addressOf(request, services.settings);
  return { secret: 'access', id: hashedId(id), isKnown: guest !== null };
}
