import { createHash, timingSafeEqual } from 'node:crypto';
import { ChatError } from '@/lib/chat/chat-error';
import type { Settings } from '@/lib/server/env';

/** Hashed first, so that the comparison takes the same time whatever the length of the two. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether this is the admin token, in constant time. */
export const isAdminToken = (candidate: string, token: string): boolean =>
  timingSafeEqual(digestOf(candidate), digestOf(token));

/**
 * Lets a request through that carries `Authorization: Bearer` with the admin token.
 * @throws ChatError `not_found` if the server has no admin token, `unauthorized` if the request has another one.
 */
export function requireAdminToken(request: Request, { adminToken }: Pick<Settings, 'adminToken'>): void {
  if (adminToken === null) throw new ChatError('not_found');
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (given === undefined || !isAdminToken(given, adminToken)) throw new ChatError('unauthorized');
}
