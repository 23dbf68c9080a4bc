import { previewOf } from '@/lib/chat/text/plain-line';
import { isLive, type Turn } from '@/lib/chat/turn';
import { log, reasonOf } from '@/lib/server/log';
import type { TurnUse } from '@/lib/server/store/limits';
import type { Store, WriteResult } from '@/lib/server/store/store';
import type { LiveRun } from './live-run';

/** How long a run may stay silent before another process can settle its turn. */
export const LEASE_MS = 15_000;
/** How often to save the text or, if it has not changed, renew the lease: at least once a second. */
const WRITE_EVERY_MS = 900;
/** How long to keep trying to save a complete reply while the store is unreachable. */
export const FINISH_WITHIN_MS = 60_000;
const RETRY_AFTER_MS = 500;

/**
 * `saved`: this turn is in the store: the one to be saved, or that of whoever ended it first. `gone`: the store no
 * longer has the turn. `unreachable`: the store could not be reached for a minute.
 */
export type Finished = { kind: 'saved'; turn: Turn } | { kind: 'gone' } | { kind: 'unreachable' };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Saves a live turn while it is produced, and keeps its lease. The calls of a run go one after another, so
 * none can overtake another. After a failed call the next is made at the usual time; meanwhile listeners
 * still get the reply.
 */
export class RunWriter {
  #saved: Turn;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #inFlight: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(
    private readonly store: Store,
    private readonly run: LiveRun,
    private readonly clock: () => number = Date.now,
  ) {
    this.#saved = run.turn;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#inFlight = this.#save().then(() => {
        if (this.#timer) this.start();
      });
    }, WRITE_EVERY_MS);
  }

  /**
   * Saves the terminal turn, after every earlier write. A turn that is no longer in the store (the store came
   * back empty, or the turn was deleted) is not written again. `use`: what it counts for the limits of a day.
   */
  async finish(turn: Turn, use?: TurnUse): Promise<Finished> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#inFlight;
    const until = this.clock() + FINISH_WITHIN_MS;
    for (;;) {
      const result = await this.#write(turn, use);
      if (result?.held) return { kind: 'saved', turn };
      if (result && !result.stored) return { kind: 'gone' };
      if (result?.stored)
        return { kind: 'saved', turn: isLive(result.stored.turn) ? turn : result.stored.turn };
      if (this.clock() >= until) return { kind: 'unreachable' };
      await pause(RETRY_AFTER_MS);
    }
  }

  async #save(): Promise<void> {
    const turn = this.run.turn;
    const result = await this.#write(turn === this.#saved ? undefined : turn);
    if (!result) return;
    if (!result.held) return this.run.halt('lease_lost');
    this.#saved = turn;
    if (result.stop) this.run.halt('stopped');
  }

  /** Null if the store failed. Without a turn, renews the lease. */
  async #write(turn: Turn | undefined, use?: TurnUse): Promise<WriteResult | null> {
    const now = this.clock();
    try {
      const result = await this.store.write({
        ...this.run.ref,
        token: this.run.token,
        // A terminal turn is written unchanged, so that repeating it after a missing answer is the same write.
        turn: turn && isLive(turn) ? { ...turn, updatedAt: now } : turn,
        preview: turn && !isLive(turn) ? previewOf(previewTextOf(turn)) : undefined,
        endsAt: now + LEASE_MS,
        use,
        now,
      });
      this.#isFailing = false;
      return result;
    } catch (error) {
      // Logged once per outage: a minute of it is about seventy failed calls.
      if (!this.#isFailing) log('error', 'save_failed', { reason: reasonOf(error) });
      this.#isFailing = true;
      return null;
    }
  }
}

/** The text that a list of conversations shows of this turn. */
export const previewTextOf = (turn: Turn): string => turn.reply.content || turn.user.content;
