import { ChatError } from '@/lib/chat/chat-error';
import { addressOf } from '@/lib/server/http/client-address';
import { isHttps } from '@/lib/server/http/gate';
import type { Services } from '@/lib/server/services';
import { matchCode } from './access-code';
import { accessCookie } from './access-cookie';
import { accessKeys, noAccess } from './require-access';

/**
 * Checks an access code that was entered. Returns the `Set-Cookie` header that lets the browser in; null if the server
 * asks for none.
 * @throws ChatError `unauthorized` for a wrong code, `rate_limited` for a try that comes too early, which is not looked
 * at; both say how long to wait.
 */
export async function enterCode(request: Request, services: Services, code: string): Promise<string | null> {
  const keys = await accessKeys(services);
  if (!keys) return null;
  const { codeTries } = services;
  const address = addressOf(request, services.settings);
  const now = Date.now();
  const wait = await codeTries.take(address, now);
  if (wait > 0)
    throw new ChatError('rate_limited', { retryAfterMs: wait, message: 'Too many wrong access codes.' });
  const match = matchCode(code, keys.codes);
  if (match === null) throw noAccess(await codeTries.waitOf(address, now));
  await codeTries.succeed(address);
  return accessCookie({ code: match, issuedAt: now }, keys, isHttps(request, services.settings));
}
