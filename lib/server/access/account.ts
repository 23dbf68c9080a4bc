import { createHash } from 'node:crypto';
import { ChatError } from '@/lib/chat/chat-error';
import type { ProxyUserSettings } from '@/lib/server/env';
import { isHttps } from '@/lib/server/http/gate';
import { needsRenewal } from '@/lib/server/http/signed-cookie';
import { type Guest, newGuest } from '@/lib/server/identity/guest-cookie';
import { isSameSecret } from '@/lib/server/is-same-secret';
import type { Services } from '@/lib/server/services';
import { accountCookie, readAccount } from './account-cookie';

/** The header in which the proxy proves that it set the one with the person. */
const PROXY_SECRET_HEADER = 'x-confab-proxy-secret';

type AccountServices = Pick<Services, 'secret' | 'settings'>;

/** A person's owner: the same on every device, because it is a hash of the issuer and of the issuer's id for the person. */
export const accountOwner = (issuer: string, subject: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['account', issuer, subject]))
    .digest('base64url')
    .slice(0, 22);

/** Whether people sign in, at a proxy in front of the server or at an OIDC provider. */
export const hasAccounts = ({ proxyUser, oidc }: AccountServices['settings']): boolean =>
  proxyUser !== null || oidc !== null;

/**
 * The account of this request, as a guest; null if nobody signed in, or if nobody signs in here. Behind a proxy that names
 * the person, `device` is '' until the browser has a cookie of its own.
 * @throws ChatError `unauthorized` if the proxy in front names nobody.
 */
export async function currentAccount(
  request: Request,
  { secret, settings }: AccountServices,
  now: number,
): Promise<Guest | null> {
  if (!hasAccounts(settings)) return null;
  const isSecure = isHttps(request, settings);
  const account = readAccount(request.headers.get('cookie'), await secret.secrets(), { isSecure, now });
  if (!settings.proxyUser) return account;
  const user = readProxyUser(request, settings.proxyUser);
  if (user === null) throw notSignedIn();
  const owner = accountOwner('proxy', user);
  return account?.owner === owner ? account : { owner, device: '', issuedAt: now };
}

export const notSignedIn = (): ChatError =>
  new ChatError('unauthorized', { reason: 'sign_in', message: 'Sign in to use this server.' });

/** The person that the proxy in front names; null if the request did not come through it, or if it names nobody. */
function readProxyUser({ headers }: Request, { header, secret }: ProxyUserSettings): string | null {
  if (!isSameSecret(headers.get(PROXY_SECRET_HEADER) ?? '', secret)) return null;
  return headers.get(header)?.trim() || null;
}

/**
 * The account of a request that may make the browser a device of it: the page, or a POST.
 * @throws ChatError `unauthorized` if nobody signed in.
 */
export async function identifyAccount(
  request: Request,
  services: AccountServices,
  now: number,
): Promise<{ guest: Guest; setCookie: string | null; isNew: false }> {
  const account = await currentAccount(request, services, now);
  if (!account) throw notSignedIn();
  if (account.device !== '' && !needsRenewal(account, now))
    return { guest: account, setCookie: null, isNew: false };
  const guest = account.device === '' ? { ...account, device: newGuest(now).device } : account;
  const [secret] = await services.secret.secrets();
  const setCookie = accountCookie({ ...guest, issuedAt: now }, secret, isHttps(request, services.settings));
  return { guest, setCookie, isNew: false };
}
