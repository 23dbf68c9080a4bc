import { ChatError } from '@/lib/chat/chat-error';
import { addressOf } from '@/lib/server/http/client-address';
import { isHttps } from '@/lib/server/http/gate';
import { readGuestCookie } from '@/lib/server/identity/identify';
import { isSameSecret } from '@/lib/server/is-same-secret';
import { hashedId } from '@/lib/server/limits/hashed-id';
import type { Services } from '@/lib/server/services';
import { accessCookie } from './access-cookie';
import { accessKeys, noAccess } from './require-access';
import type { Trier } from './sign-in-tries';

/**
 * Checks an access code that was entered. Returns the `Set-Cookie` header that lets the browser in; null if the
 * server needs no code.
 * @throws ChatError `unauthorized` for a wrong code, `rate_limited` for a try that comes too early and is not
 * checked. Both say how long to wait.
 */
export async function enterCode(request: Request, services: Services, code: string): Promise<string | null> {
  const keys = await accessKeys(services);
  if (!keys) return null;
  const now = Date.now();
  const trier = await trierOf(request, services, now);
  const tried = await services.signInTries.try(trier, now, () => matchCode(code, keys.codes));
  if (tried.outcome === 'too_early')
    throw new ChatError('rate_limited', {
      retryAfterMs: tried.waitMs,
      message: 'Too many wrong access codes.',
    });
  if (tried.outcome === 'wrong') throw noAccess(tried.waitMs);
  return accessCookie({ code: tried.value, issuedAt: now }, keys, isHttps(request, services.settings));
}

/**
 * The access code that was entered, or null. Compares with every code, so that the time does not tell which one it
 * was.
 */
export function matchCode(entered: string, codes: readonly string[]): string | null {
  const given = entered.trim().normalize();
  let match: string | null = null;
  for (const code of codes) if (isSameSecret(given, code.trim().normalize())) match = code;
  return match;
}

/**
 * A browser with a guest cookie has been in before, with a code that has changed since. Its tries are counted for
 * itself, so that strangers who guess cannot keep it out.
 */
async function trierOf(request: Request, services: Services, now: number): Promise<Trier> {
  const guest = await readGuestCookie(request, services, now);
  const id = guest ? `guest ${guest.owner}` : addressOf(request, services.settings);
  return { secret: 'access', id: hashedId(id), wasLetIn: guest !== null };
}
