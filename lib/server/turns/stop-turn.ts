import { ChatError } from '@/lib/chat/errors';
import type { Turn } from '@/lib/chat/turn';
import type { Services } from '@/lib/server/services';
import type { StoredTurn, TurnRef } from '@/lib/server/store/store';
import { withinMs } from './live-runs';
import { endStoredTurn } from './settle';

/** How long the producer is given to end by itself, with the newest text. */
const GRACE_MS = 1_000;
const LOOK_EVERY_MS = 100;

/**
 * Stops a turn, wherever it is produced, and returns it as it was kept. Of a finished turn: that turn.
 * @throws ChatError `not_found`.
 */
export async function stopTurn(services: Services, ref: TurnRef): Promise<Turn> {
  const { store, runs } = services;
  const run = runs.find(ref);
  if (run) {
    run.halt('stopped');
    const ended = await withinMs(run.ended, GRACE_MS);
    if (ended) return ended;
  }
  const stored = await store.requestStop({ ...ref, now: Date.now() });
  if (!stored) throw new ChatError('not_found');
  if (!stored.lease) return stored.turn;
  // Of a run of ours the newest text is here, not in the store.
  const last = run ? { ...stored, turn: run.turn } : await waitForEnd(services, ref, stored);
  return (await endStoredTurn(services, ref, last, { status: 'stopped', ifExpired: false, now: Date.now() }))
    .turn;
}

/** The producer is another process: it learns of the stop with its next write. */
async function waitForEnd({ store }: Services, ref: TurnRef, stored: StoredTurn): Promise<StoredTurn> {
  const until = Date.now() + GRACE_MS;
  let last = stored;
  while (last.lease && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    last = (await store.turn({ ...ref, now: Date.now() })) ?? last;
  }
  return last;
}
