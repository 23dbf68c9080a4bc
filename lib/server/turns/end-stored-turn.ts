import { previewOf } from '@/lib/chat/text/plain-line';
import type { TurnStatus } from '@/lib/chat/turn';
import { countsUse } from '@/lib/server/limits/limits-for';
import { turnUse } from '@/lib/server/limits/turn-use';
import { countTurn } from '@/lib/server/metrics/metrics';
import type { Services } from '@/lib/server/services';
import type { StoredTurn, TurnRef } from '@/lib/server/store/store';
import { previewTextOf } from './run-writer';

/**
 * Ends a live turn with this text from outside its run: as `interrupted` if its producer died, as `stopped` if another
 * process does not stop in time. If somebody else ended it first, returns their turn.
 */
export async function endStoredTurn(
  { store, settings, catalog }: Pick<Services, 'store' | 'settings' | 'catalog'>,
  ref: TurnRef,
  stored: StoredTurn,
  { status, ifExpired, now }: { status: TurnStatus; ifExpired: boolean; now: number },
): Promise<StoredTurn> {
  if (!stored.lease) return stored;
  const turn = { ...stored.turn, status, updatedAt: now };
  const { owner, sessionId, turnId } = ref;
  const result = await store.write({
    owner,
    sessionId,
    turnId,
    token: stored.lease.token,
    turn,
    preview: previewOf(previewTextOf(turn)),
    endsAt: now,
    use: countsUse(settings.limits) ? turnUse(turn, catalog.priceOf(turn.reply.model)) : undefined,
    ifExpired,
    now,
  });
  if (!result.held) return result.stored ?? { turn, lease: null };
  countTurn(owner, turn, false);
  return { turn, lease: null };
}
