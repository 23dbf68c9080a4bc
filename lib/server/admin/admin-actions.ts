import { ChatError } from '@/lib/chat/chat-error';
import { withBasePath } from '@/lib/chat/site-path';
import { isHttps } from '@/lib/server/http/gate';
import { readBytes } from '@/lib/server/http/read-request';
import { log } from '@/lib/server/log';
import type { Services } from '@/lib/server/services';
import { adminCookie, endedAdminCookie, isAdmin } from './admin-cookie';
import { requireAdminToken, tryAdminToken } from './admin-token';

/** Longer than any form of the admin page. */
const MOST_FORM_BYTES = 4_096;

/** The fields of a form that the admin page posted. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const bytes = await readBytes(request, MOST_FORM_BYTES);
  return new URLSearchParams(bytes.toString('utf8'));
}

/** @throws ChatError `not_found` if the server has no admin page. */
function adminTokenOf({ settings }: Services): string {
  if (settings.adminToken === null) throw new ChatError('not_found');
  return settings.adminToken;
}

/** Redirects to the admin page. The address is relative, because a proxy may have changed the host. */
const backToPage = (query = '', setCookie: string | null = null): Response =>
  new Response(null, {
    status: 303,
    headers: {
      location: withBasePath(`/admin${query}`),
      'cache-control': 'no-store',
      ...(setCookie !== null && { 'set-cookie': setCookie }),
    },
  });

/**
 * `POST /api/admin/session`: opens the admin page for eight hours if `token` is right; without `token`, ends the
 * session.
 */
export async function changeAdminSession(request: Request, services: Services): Promise<Response> {
  const adminToken = adminTokenOf(services);
  const token = (await readForm(request)).get('token');
  if (token === null) return backToPage('', endedAdminCookie(isHttps(request, services.settings)));
  const { outcome } = await tryAdminToken(request, services, { given: token.trim(), adminToken });
  if (outcome === 'too_early') return backToPage('?problem=wait');
  if (outcome === 'wrong') return backToPage('?problem=token');
  log('info', 'admin_signed_in');
  return backToPage('', adminCookie(adminToken, Date.now(), isHttps(request, services.settings)));
}

/**
 * `POST /api/admin/turns`: `new=pause` refuses new turns on every instance, `new=resume` lets them begin again. A
 * program can send the token as `Bearer` instead of a cookie.
 */
export async function switchTurns(request: Request, services: Services): Promise<Response> {
  const adminToken = adminTokenOf(services);
  if (request.headers.has('authorization')) await requireAdminToken(request, services);
  else if (!isAdmin(request.headers.get('cookie'), adminToken, Date.now()))
    return backToPage('?problem=ended');
  const wanted = (await readForm(request)).get('new');
  if (wanted !== 'pause' && wanted !== 'resume')
    throw new ChatError('bad_request', { message: 'new: must be pause or resume' });
  if (wanted === 'pause') await services.turnSwitch.pause(Date.now());
  else await services.turnSwitch.resume();
  log('warn', wanted === 'pause' ? 'new_turns_paused' : 'new_turns_resumed');
  return backToPage();
}
