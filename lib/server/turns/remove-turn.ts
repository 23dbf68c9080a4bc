import { ChatError } from '@/lib/chat/chat-error';
import type { Turn } from '@/lib/chat/turn';
import type { Services } from '@/lib/server/services';
import type { RemoveResult, SessionRef, TurnRef } from '@/lib/server/store/store';
import { stopTurn } from './stop-turn';

/**
 * Deletes a turn: it is hidden and left out of the context, while its children stay. A live turn is stopped
 * first.
 * @throws ChatError `not_found`, `turn_in_progress`.
 */
export const removeTurn = (services: Services, ref: TurnRef): Promise<{ undoUntil: number }> =>
  stopThenRemove(services, ref, () => services.store.removeTurn({ ...ref, now: Date.now() }));

/** Undoes the delete of a turn, within ten minutes. @throws ChatError `not_found`. */
export async function restoreTurn({ store }: Services, ref: TurnRef): Promise<Turn> {
  const stored = await store.restoreTurn({ ...ref, now: Date.now() });
  if (!stored) throw new ChatError('not_found');
  return stored.turn;
}

/**
 * Calls `remove`; if a live turn is in the way, stops that turn and calls it once more.
 * @throws ChatError `not_found`; `turn_in_progress` if another turn has begun since the stop.
 */
export async function stopThenRemove(
  services: Services,
  { owner, sessionId }: SessionRef,
  remove: () => Promise<RemoveResult>,
): Promise<{ undoUntil: number }> {
  let result = await remove();
  if (result.kind === 'busy') {
    await stopTurn(services, { owner, sessionId, turnId: result.stored.turn.id });
    result = await remove();
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
