import { keepAwake } from '@/lib/server/keep-awake';
import { log, reasonOf } from '@/lib/server/log';
import type { Services } from '@/lib/server/services';
import type { StoredTurn, TurnRef } from '@/lib/server/store/store';
import { STEADY_MS, type StorePulse } from '@/lib/server/store-pulse';
import { endStoredTurn } from './end-stored-turn';
import { refKey } from './live-runs';
import { FINISH_WITHIN_MS } from './run-writer';

type SettleServices = Pick<Services, 'store' | 'pulse' | 'runs' | 'settings' | 'catalog'>;

/** The tolerated difference between the clocks of two servers. */
const CLOCK_SKEW_MS = 5_000;

/**
 * Settles a stored turn whose lease has run out: it becomes `interrupted` and keeps its text. Returns the
 * turn as a reader is to see it. A turn stays as it is while this process holds its run, and while this
 * process cannot tell a dead producer from a store that was unreachable. It is then settled as soon as it can.
 */
export async function settleIfDead(
  services: SettleServices,
  ref: TurnRef,
  stored: StoredTurn,
  now: number,
): Promise<StoredTurn> {
  const { pulse, runs, settings } = services;
  if (!stored.lease || stored.lease.endsAt > now || runs.find(ref)) return stored;
  if (pulse.steadyMs() < STEADY_MS && !hasOutlived(stored, settings.maxReplyMs, now)) {
    settleOnceSteady(services, ref);
    return stored;
  }
  return endStoredTurn(services, ref, stored, { status: 'interrupted', ifExpired: true, now });
}

/** Whether no producer can be alive any more, however long the store may have been unreachable. */
const hasOutlived = ({ turn }: StoredTurn, maxReplyMs: number | null, now: number): boolean =>
  maxReplyMs !== null && now > turn.createdAt + maxReplyMs + FINISH_WITHIN_MS + CLOCK_SKEW_MS;

/** The turns that this process is waiting to settle. */
const waiting = new WeakMap<StorePulse, Set<string>>();

/**
 * Settles the turn once this process has seen the store answer for long enough, whether or not it is read again. A
 * serverless function is kept awake for that: frozen between two reads, it would see nothing but gaps.
 */
function settleOnceSteady(services: SettleServices, ref: TurnRef): void {
  const { store, pulse } = services;
  const turns = waiting.get(pulse) ?? new Set();
  waiting.set(pulse, turns);
  const key = refKey(ref);
  if (turns.has(key)) return;
  turns.add(key);
  const settle = async (): Promise<void> => {
    try {
      if (!(await pulse.untilSteady(() => store.check()))) return;
      const now = Date.now();
      const stored = await store.turn({ ...ref, now });
      if (stored) await settleIfDead(services, ref, stored, now);
    } catch (error) {
      // The next reader starts over.
      log('warn', 'settle_failed', { reason: reasonOf(error) });
    } finally {
      turns.delete(key);
    }
  };
  keepAwake(settle());
}
