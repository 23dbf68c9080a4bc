import { previewOf } from '@/lib/chat/session';
import type { TurnStatus } from '@/lib/chat/turn';
import type { Services } from '@/lib/server/services';
import type { StoredTurn, TurnRef } from '@/lib/server/store/store';
import { STEADY_MS, WATCH_MS } from '@/lib/server/store-pulse';
import { previewTextOf } from './run-writer';

/**
 * Settles a stored turn whose lease has run out: it becomes `interrupted` and keeps its text. Returns the
 * turn as a reader is to see it. A turn stays as it is while this process holds its run, and while this
 * process cannot tell a dead producer from a store that was unreachable.
 */
export async function settleIfDead(
  services: Pick<Services, 'store' | 'pulse' | 'runs'>,
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

/**
 * Ends a live turn with this text, from outside its run. If somebody else ended it first, returns their turn.
 */
export async function endStoredTurn(
  { store }: Pick<Services, 'store'>,
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
    ifExpired,
    now,
  });
  return result.held ? { turn, lease: null } : (result.stored ?? { turn, lease: null });
}
