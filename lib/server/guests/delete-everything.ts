import { ChatError } from '@/lib/chat/chat-error';
import { hasAccounts } from '@/lib/server/access/account';
import type { Services } from '@/lib/server/services';
import { stopTurn } from '@/lib/server/turns/stop-turn';

const PAGE = 200;

/**
 * Stops the guest's live replies, so that no model goes on writing in vain, then deletes everything that is stored
 * for the guest. All devices are signed out.
 */
export async function deleteEverything(services: Services, owner: string): Promise<void> {
  const { store } = services;
  let before: string | undefined;
  do {
    const page = await store.sessions({ owner, limit: PAGE, before, now: Date.now() });
    await Promise.all(
      page.sessions.map(({ id, activeTurnId }) =>
        activeTurnId === null
          ? undefined
          : stopTurn(services, { owner, sessionId: id, turnId: activeTurnId }).catch(ignoreMissing),
      ),
    );
    before = page.nextBefore ?? undefined;
  } while (before !== undefined);
  // An account stays the same owner, so what it used today is kept; deleting must not renew its daily limits. A guest
  // becomes a new owner.
  await store.deleteOwner({ owner, keepsUse: hasAccounts(services.settings), now: Date.now() });
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof ChatError) || error.code !== 'not_found') throw error;
}
