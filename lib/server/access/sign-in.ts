import { ChatError } from '@/lib/chat/chat-error';
import { withBasePath } from '@/lib/chat/site-path';
import { isHttps, publicOrigin } from '@/lib/server/http/gate';
import { newGuest } from '@/lib/server/identity/guest-cookie';
import { log, reasonOf } from '@/lib/server/log';
import type { Services } from '@/lib/server/services';
import { accountOwner } from './account';
import { accountCookie } from './account-cookie';
import { endedFlowCookie } from './oidc';
import { returnPath } from './return-path';

const CALLBACK = '/api/access/oidc/callback';

interface Redirect {
  location: string;
  /** `Set-Cookie` headers. */
  cookies: string[];
}

/** Sends the browser to the OIDC provider. @throws ChatError `not_found` if there is none. */
export async function startSignIn(request: Request, services: Services): Promise<Redirect> {
  const { oidc, settings, secret } = services;
  if (!oidc) throw new ChatError('not_found');
  const [current] = await secret.secrets();
  const returnTo = returnPath(new URL(request.url).searchParams.get('next'));
  try {
    const { location, cookie } = await oidc.start(
      publicOrigin(request, settings) + withBasePath(CALLBACK),
      returnTo,
      {
        secret: current,
        isSecure: isHttps(request, settings),
        now: Date.now(),
      },
    );
    return { location, cookies: [cookie] };
  } catch (error) {
    return failed(error);
  }
}

/**
 * Signs in the person who comes back from the provider; the browser becomes a new device. @throws as `startSignIn`.
 */
export async function finishSignIn(request: Request, services: Services): Promise<Redirect> {
  const { oidc, settings, secret } = services;
  if (!oidc) throw new ChatError('not_found');
  const secrets = await secret.secrets();
  const isSecure = isHttps(request, settings);
  const ended = endedFlowCookie(secrets[0], isSecure);
  try {
    const callback = new URL(
      withBasePath(CALLBACK) + new URL(request.url).search,
      publicOrigin(request, settings),
    );
    const now = Date.now();
    const cookies = request.headers.get('cookie');
    const { issuer, subject, returnTo } = await oidc.finish(callback, cookies, { secrets, isSecure, now });
    const device = { ...newGuest(now), owner: accountOwner(issuer, subject) };
    return { location: returnTo, cookies: [accountCookie(device, secrets[0], isSecure), ended] };
  } catch (error) {
    return { ...failed(error), cookies: [ended] };
  }
}

function failed(error: unknown): Redirect {
  log('warn', 'sign_in_failed', { reason: reasonOf(error) });
  return { location: '/access?failed=1', cookies: [] };
}
