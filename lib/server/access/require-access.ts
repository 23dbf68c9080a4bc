import { ChatError } from '@/lib/chat/chat-error';
import { withoutBasePath } from '@/lib/chat/site-path';
import type { Services } from '@/lib/server/services';
import { type AccessKeys, readAccess } from './access-cookie';
import { currentAccount, hasAccounts, notSignedIn } from './account';

/**
 * The paths that need no access, because they reveal nothing or have a secret of their own. Every other path needs
 * it.
 */
const OPEN = [
  /^\/access$/,
  /^\/api\/access$/,
  /^\/api\/access\/oidc(\/callback)?$/,
  /^\/api\/health(\/|$)/,
  // These need ADMIN_TOKEN.
  /^\/(api\/)?admin(\/|$)/,
  /^\/api\/metrics$/,
  /^\/\.well-known\/security\.txt$/,
  // Anyone with its link can read a share.
  /^\/s\//,
];

export const isOpen = (request: Request): boolean => {
  const pathname = withoutBasePath(new URL(request.url).pathname);
  return OPEN.some((path) => path.test(pathname));
};

/** The keys of the access cookie; null if the server needs no code. @throws ChatError `store_unavailable`. */
export async function accessKeys({ settings, secret }: Services): Promise<AccessKeys | null> {
  const { accessCodes } = settings;
  return accessCodes.length === 0 ? null : { codes: accessCodes, secrets: await secret.secrets() };
}

/**
 * Requires the access code and the account, as far as the settings ask for them.
 * @throws ChatError `unauthorized` if no code was entered in this browser, or nobody has signed in.
 */
export async function requireAccess(request: Request, services: Services): Promise<void> {
  if (isOpen(request)) return;
  const keys = await accessKeys(services);
  if (keys && !readAccess(request.headers.get('cookie'), keys, Date.now())) throw noAccess();
  if (hasAccounts(services.settings) && !(await currentAccount(request, services, Date.now())))
    throw notSignedIn();
}

export const noAccess = (retryAfterMs?: number): ChatError =>
  new ChatError('unauthorized', {
    reason: 'access_code',
    message: 'This server asks for an access code.',
    ...(retryAfterMs ? { retryAfterMs } : {}),
  });
