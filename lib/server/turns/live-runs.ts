import type { TurnRef } from '@/lib/server/store/store';
import { withinMs } from '@/lib/server/within-ms';
import type { LiveRun } from './live-run';

/** The runs of this process. */
export class LiveRuns {
  readonly #runs = new Map<string, LiveRun>();
  readonly unanswered = new UnansweredBegins();
  #isClosing = false;

  /** True once the server is shutting down: no turn begins any more. */
  get closing(): boolean {
    return this.#isClosing;
  }

  get size(): number {
    return this.#runs.size;
  }

  find(ref: TurnRef): LiveRun | undefined {
    return this.#runs.get(refKey(ref));
  }

  /** Holds the run until it has ended. */
  add(run: LiveRun): void {
    const key = refKey(run.ref);
    this.#runs.set(key, run);
    void run.ended.then(() => this.#runs.delete(key));
  }

  /**
   * Waits up to `graceMs` for live replies to finish, then ends the rest as `interrupted` and waits up to
   * `saveMs` for their text to be saved. An unreachable store does not hold up the process.
   */
  async close({ graceMs, saveMs }: { graceMs: number; saveMs: number }): Promise<void> {
    this.#isClosing = true;
    await withinMs(this.#allEnded(), graceMs);
    for (const run of this.#runs.values()) run.halt('interrupted');
    await withinMs(this.#allEnded(), saveMs);
  }

  /** A loop, because a begin that was under way when the server began to close adds a run later. */
  async #allEnded(): Promise<void> {
    while (this.size > 0) await Promise.all(Array.from(this.#runs.values(), (run) => run.ended));
  }
}

/** Enough for the messages that the guests of one server send during an outage. */
const MOST_UNANSWERED = 1_000;

/**
 * The lease tokens of begins that the store did not answer. Such a begin may have succeeded, and its turn
 * then has a lease and no run. When the same turn is sent again, it begins with the same token, which the
 * store accepts as the same begin. Each token is handed out once, so that two sends of one turn never start
 * two runs.
 */
class UnansweredBegins {
  readonly #tokens = new Map<string, string>();

  add(ref: TurnRef, token: string): void {
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= MOST_UNANSWERED && oldest !== undefined) this.#tokens.delete(oldest);
    this.#tokens.set(refKey(ref), token);
  }

  take(ref: TurnRef): string | undefined {
    const key = refKey(ref);
    const token = this.#tokens.get(key);
    this.#tokens.delete(key);
    return token;
  }
}

/** A turn's reference as a key of a map. */
export const refKey = (ref: TurnRef): string => JSON.stringify([ref.owner, ref.sessionId, ref.turnId]);
