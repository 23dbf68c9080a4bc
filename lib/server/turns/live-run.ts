import { applyEvent } from '@/lib/chat/apply-event';
import { encodeEvent } from '@/lib/chat/event-codec';
import type { ChatEvent } from '@/lib/chat/events';
import type { Turn } from '@/lib/chat/turn';
import type { TurnRef } from '@/lib/server/store/store';

/** `frame` is the event as it goes over the wire: encoded once, whoever listens. */
export type RunListener = (event: ChatEvent, frame: Uint8Array) => void;

/** Why a run ends before its model does. */
export type HaltReason = 'stopped' | 'interrupted' | 'lost';

/** From Buffer's pool: a `TextEncoder` takes twice as long for a frame as short as a token's. */
export const frameOf = (event: ChatEvent): Uint8Array => Buffer.from(encodeEvent(event));

/**
 * A turn that this process is producing: its text so far, and who listens. Leaving is not stopping: listeners come
 * and go, the run goes on.
 */
export class LiveRun {
  readonly #listeners = new Set<RunListener>();
  readonly #onAbandon = new Set<() => void>();
  readonly #model = new AbortController();
  readonly #ended = Promise.withResolvers<Turn>();
  #turn: Turn;
  #halt: HaltReason | null = null;

  constructor(
    readonly ref: TurnRef,
    /** Of the lease: the right to write this turn. */
    readonly token: string,
    turn: Turn,
  ) {
    this.#turn = turn;
  }

  get turn(): Turn {
    return this.#turn;
  }

  /** Aborts when the model is no longer to be asked. */
  get signal(): AbortSignal {
    return this.#model.signal;
  }

  get halted(): HaltReason | null {
    return this.#halt;
  }

  /** Resolves with the terminal turn when all is saved and told. Never rejects. */
  get ended(): Promise<Turn> {
    return this.#ended.promise;
  }

  /** Folds an event into the turn and tells it to every listener. */
  publish(event: ChatEvent): void {
    this.#turn = applyEvent(this.#turn, event);
    if (this.#listeners.size === 0) return;
    const frame = frameOf(event);
    for (const listener of this.#listeners) listener(event, frame);
  }

  /** Changes what listeners learn with the terminal turn: usage, timing, context. */
  amend(change: Partial<Turn>): void {
    this.#turn = { ...this.#turn, ...change };
  }

  /** The last event: the turn is terminal and saved. */
  end(turn: Turn): void {
    this.publish({ type: 'end', sessionId: this.ref.sessionId, turn });
    this.#listeners.clear();
    this.#ended.resolve(turn);
  }

  /** The store stayed away: listeners are let go without an `end`, and may come back to what is stored. */
  abandon(turn: Turn): void {
    for (const leave of this.#onAbandon) leave();
    this.#listeners.clear();
    this.#ended.resolve(turn);
  }

  /** Ends the call to the model. The first reason counts. */
  halt(reason: HaltReason): void {
    this.#halt ??= reason;
    this.#model.abort();
  }

  /** @returns how to leave. `onAbandon`: called when there will be no `end`. */
  listen(listener: RunListener, onAbandon: () => void): () => void {
    this.#listeners.add(listener);
    this.#onAbandon.add(onAbandon);
    return () => {
      this.#listeners.delete(listener);
      this.#onAbandon.delete(onAbandon);
    };
  }
}
