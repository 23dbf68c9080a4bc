import { previewOf } from '@/lib/chat/session';
import type { TurnStatus } from '@/lib/chat/turn';
import type { Services } from '@/lib/server/services';
import type { StoredTurn, TurnRef } from '@/lib/server/store/store';
import { lastWords } from './run-writer';

/** How long a process must have seen the store answer before it may call another's turn dead. */
export const STEADY_MS = 15_000;

/**
 * What a reader is shown of a stored turn: if its lease ran out it is settled to `interrupted`, its text kept. Left as
 * it is while this process holds the run, or cannot say whether the producer or the store was away.
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
    pulse.watch(() => store.check(), STEADY_MS + 5_000);
    return stored;
  }
  return settle(services, ref, stored, { status: 'interrupted', ifExpired: true, now });
}

/** Ends a live turn with the text that is stored. Whoever settled first is right. */
export async function settle(
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
    preview: previewOf(lastWords(turn)),
    endsAt: now,
    ifExpired,
    now,
  });
  return result.held ? { turn, lease: null } : (result.stored ?? { turn, lease: null });
}
