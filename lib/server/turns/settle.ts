import type { Services } from '@/lib/server/services';
import type { StoredTurn, TurnRef } from '@/lib/server/store/store';
import { STEADY_MS, WATCH_MS } from '@/lib/server/store-pulse';
import { endStoredTurn } from './end-stored-turn';

/**
 * Settles a stored turn whose lease has run out: it becomes `interrupted` and keeps its text. Returns the
 * turn as a reader is to see it. A turn stays as it is while this process holds its run, and while this
 * process cannot tell a dead producer from a store that was unreachable.
 */
export async function settleIfDead(
  services: Pick<Services, 'store' | 'pulse' | 'runs' | 'settings' | 'catalog'>,
  ref: TurnRef,
  stored: StoredTurn,
  now: number,
): Promise<StoredTurn> {
  const { store, pulse, runs } = services;
  if (!stored.lease || stored.lease.endsAt > now || runs.find(ref)) return stored;
  if (pulse.steadyMs() < STEADY_MS) {
    pulse.watch(() => store.check(), WATCH_MS);
    return stored;
  }
  return endStoredTurn(services, ref, stored, { status: 'interrupted', ifExpired: true, now });
}
