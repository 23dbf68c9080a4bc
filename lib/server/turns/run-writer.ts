import { previewOf } from '@/lib/chat/session';
import { isLive, type Turn } from '@/lib/chat/turn';
import { log, reasonOf } from '@/lib/server/log';
import type { Store, WriteResult } from '@/lib/server/store/store';
import type { LiveRun } from './live-run';

/** How long a turn stays its producer's after the last word from it. */
export const LEASE_MS = 15_000;
/** A save if the text changed, else a renewal: at least one store call a second, under four commands a second. */
const WRITE_EVERY_MS = 900;
/** How long a reply that is complete waits for a store that is away. */
const FINISH_WITHIN_MS = 60_000;
const RETRY_AFTER_MS = 500;

/** `stands`: this turn is in the store, ours or that of who settled it first. `away`: the store, for a minute. */
export type Finished = { kind: 'stands'; turn: Turn } | { kind: 'gone' } | { kind: 'away' };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Keeps a live turn in the store while it is produced. All calls of a run go one after another, so that none
 * overtakes another. A store in trouble is tried again at the next beat: the reply goes on for its reader.
 */
export class RunWriter {
  #saved: Turn;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #inFlight: Promise<void> = Promise.resolve();
  #failing = false;

  constructor(
    private readonly store: Store,
    private readonly run: LiveRun,
    private readonly clock: () => number = Date.now,
  ) {
    this.#saved = run.turn;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#inFlight = this.#beat().then(() => {
        if (this.#timer) this.start();
      });
    }, WRITE_EVERY_MS);
  }

  /**
   * Stores the terminal turn: the last write, after all others. `gone`: a store that has nothing of this turn any more
   * (it came back empty, or the turn was deleted) is not given it again.
   */
  async finish(turn: Turn): Promise<Finished> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#inFlight;
    const until = this.clock() + FINISH_WITHIN_MS;
    for (;;) {
      const result = await this.#write(turn);
      if (result?.held) return { kind: 'stands', turn };
      if (result && !result.stored) return { kind: 'gone' };
      if (result?.stored)
        return { kind: 'stands', turn: isLive(result.stored.turn) ? turn : result.stored.turn };
      if (this.clock() >= until) return { kind: 'away' };
      await pause(RETRY_AFTER_MS);
    }
  }

  async #beat(): Promise<void> {
    const turn = this.run.turn;
    const result = await this.#write(turn === this.#saved ? undefined : turn);
    if (!result) return;
    if (!result.held) return this.run.halt('lost');
    this.#saved = turn;
    if (result.stop) this.run.halt('stopped');
  }

  /** null: the store failed. */
  async #write(turn: Turn | undefined): Promise<WriteResult | null> {
    const now = this.clock();
    try {
      const result = await this.store.write({
        ...this.run.ref,
        token: this.run.token,
        // A terminal turn goes as it is: made again after a lost answer, it is the same write.
        turn: turn && isLive(turn) ? { ...turn, updatedAt: now } : turn,
        preview: turn && !isLive(turn) ? previewOf(previewTextOf(turn)) : undefined,
        endsAt: now + LEASE_MS,
        now,
      });
      this.#failing = false;
      return result;
    } catch (error) {
      // Once per outage: a minute of it is seventy failed beats.
      if (!this.#failing) log('error', 'save_failed', { reason: reasonOf(error) });
      this.#failing = true;
      return null;
    }
  }
}

/** The text that a list of conversations shows of this turn. */
export const previewTextOf = (turn: Turn): string => turn.reply.content || turn.user.content;
