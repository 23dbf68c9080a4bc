import { createHash } from 'node:crypto';
import { ChatError } from '@/lib/chat/chat-error';
import { isHttps } from '@/lib/server/http/gate';
import { type Guest, newGuest } from '@/lib/server/identity/guest-cookie';
import type { Services } from '@/lib/server/services';
import { accountCookie, isAccountDue, readAccount } from './account-cookie';
import { proxyUser } from './proxy-user';

type AccountServices = Pick<Services, 'secret' | 'settings'>;

/** The owner of everything that a person has, on every device. Made of what names the person to whoever vouches for them. */
export const accountOwner = (issuer: string, subject: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['account', issuer, subject]))
    .digest('base64url')
    .slice(0, 22);

/** Whether people sign in, at a proxy in front of the server or at an OIDC provider. */
export const hasAccounts = ({ proxyUser: proxy, oidc }: AccountServices['settings']): boolean =>
  proxy !== null || oidc !== null;

/**
 * Who signed in, as the guest of this request; null if nobody did, or if nobody signs in here. Behind a proxy that names
 * the person, `device` is '' until the browser has a cookie of its own.
 * @throws ChatError `unauthorized` if the proxy in front names nobody.
 */
export async function currentAccount(
  request: Request,
  { secret, settings }: AccountServices,
  now: number,
): Promise<Guest | null> {
  if (!hasAccounts(settings)) return null;
  const user = settings.proxyUser && proxyUser(request, settings.proxyUser);
  const isSecure = isHttps(request, settings);
  const account = readAccount(request.headers.get('cookie'), await secret.secrets(), { isSecure, now });
  if (!settings.proxyUser) return account;
  const owner = user === null ? null : accountOwner('proxy', user);
  if (owner === null) throw notSignedIn();
  return account?.owner === owner ? account : { owner, device: '', issuedAt: now };
}

export const notSignedIn = (): ChatError =>
  new ChatError('unauthorized', { reason: 'sign_in', message: 'Sign in to use this server.' });

/**
 * The account of a request that may make a device of it: the page, or a POST.
 * @throws ChatError `unauthorized` if nobody signed in.
 */
export async function identifyAccount(
  request: Request,
  services: AccountServices,
  now: number,
): Promise<{ guest: Guest; setCookie: string | null; isNew: false }> {
  const account = await currentAccount(request, services, now);
  if (!account) throw notSignedIn();
  if (account.device !== '' && !isAccountDue(account, now))
    return { guest: account, setCookie: null, isNew: false };
  const device = account.device || newGuest(now).device;
  const guest = { owner: account.owner, device, issuedAt: now };
  const [secret] = await services.secret.secrets();
  const setCookie = accountCookie(guest, secret, isHttps(request, services.settings));
  return { guest, setCookie, isNew: false };
}
