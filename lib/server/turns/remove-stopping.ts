import { ChatError } from '@/lib/chat/errors';
import type { Services } from '@/lib/server/services';
import type { RemoveResult, SessionRef } from '@/lib/server/store/store';
import { stopTurn } from './stop-turn';

/**
 * Removes what may hold a live reply: that is stopped first, then removed again.
 * @throws ChatError `not_found`; `turn_in_progress` when another reply has begun meanwhile.
 */
export async function removeStopping(
  services: Services,
  { owner, sessionId }: SessionRef,
  attempt: () => Promise<RemoveResult>,
): Promise<{ undoUntil: number }> {
  let result = await attempt();
  if (result.kind === 'busy') {
    await stopTurn(services, { owner, sessionId, turnId: result.stored.turn.id });
    result = await attempt();
  }
  switch (result.kind) {
    case 'removed':
      return { undoUntil: result.undoUntil };
    case 'unknown':
      throw new ChatError('not_found');
    case 'busy':
      throw new ChatError('turn_in_progress', { activeTurnId: result.stored.turn.id });
  }
}
