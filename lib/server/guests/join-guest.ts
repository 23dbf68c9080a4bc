import { ChatError } from '@/lib/chat/chat-error';
import { forgetGuest, formerGuest } from '@/lib/server/identity/identify';
import type { Services } from '@/lib/server/services';
import { stopTurn } from '@/lib/server/turns/stop-turn';
import { claimOf, isSignedIn, signedOut } from './check-device';

/** How many live turns a join stops before it gives up. */
const MOST_STOPS = 50;

/** How many conversations this browser had as a guest before its person signed in. */
export async function countJoinable(request: Request, services: Services): Promise<number> {
  const now = Date.now();
  const former = await formerGuest(request, services, now);
  // Issued now, because a join that has begun refuses older cookies, and must be able to continue.
  if (!former || !(await isSignedIn(services, { ...former, issuedAt: now }, request))) return 0;
  return (await services.store.sessions({ owner: former.owner, limit: 1, now })).total;
}

/**
 * Moves everything that this browser had as a guest to the account. After a failure, the next call continues. Returns
 * the `Set-Cookie` headers that remove the guest's cookie.
 * @throws ChatError `not_found` without a guest, `unauthorized` if the guest had signed this browser out.
 */
export async function joinGuest(request: Request, services: Services, to: string): Promise<string[]> {
  const former = await formerGuest(request, services, Date.now());
  if (!former) throw new ChatError('not_found');
  const { owner: from } = former;
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const result = await services.store.joinOwner({ from, device: claimOf(former), to, now: Date.now() });
    if (result.kind === 'joined') return forgetGuest(request, services);
    if (result.kind === 'revoked') throw signedOut();
    const { sessionId, turnId } = result;
    await stopTurn(services, { owner: from, sessionId, turnId });
  }
  throw new ChatError('turn_in_progress');
}
