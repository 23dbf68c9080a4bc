import { ChatError } from '@/lib/chat/errors';
import type { Turn } from '@/lib/chat/turn';
import type { Services } from '@/lib/server/services';
import type { TurnRef } from '@/lib/server/store/store';
import { removeStopping } from './remove-stopping';

/**
 * Hides a turn: its children stay, and models are not told of it any more. A live one is stopped first.
 * @throws ChatError `not_found`, `turn_in_progress`.
 */
export const removeTurn = (services: Services, ref: TurnRef): Promise<{ undoUntil: number }> =>
  removeStopping(services, ref, () => services.store.removeTurn({ ...ref, now: Date.now() }));

/** Shows it again, within ten minutes. @throws ChatError `not_found`. */
export async function restoreTurn({ store }: Services, ref: TurnRef): Promise<Turn> {
  const stored = await store.restoreTurn({ ...ref, now: Date.now() });
  if (!stored) throw new ChatError('not_found');
  return stored.turn;
}
