import { applyEvent } from '@/lib/chat/apply-event';
import { encodeEvent } from '@/lib/chat/event-codec';
import type { ChatEvent } from '@/lib/chat/events';
import type { Turn } from '@/lib/chat/turn';
import type { TurnRef } from '@/lib/server/store/store';

/** `frame` is the event as it is sent, encoded once for all listeners. */
export type RunListener = (event: ChatEvent, frame: Uint8Array) => void;

/**
 * Why a run ends before its model does. `lease_lost`: the store refused a write, because the turn has been ended,
 * cleared or removed in the meantime.
 */
export type HaltReason = 'stopped' | 'interrupted' | 'lease_lost';

/** Uses Buffer's pool: for a frame as short as a token's, a `TextEncoder` takes twice as long. */
export const frameOf = (event: ChatEvent): Uint8Array => Buffer.from(encodeEvent(event));

/**
 * A turn that this process is producing: its text so far, and its listeners. Listeners may come and go; the
 * run continues without them.
 */
export class LiveRun {
  /** An estimate of what the model was sent; undefined until it was asked. */
  promptTokens: number | undefined;
  readonly #listeners = new Set<RunListener>();
  readonly #onAbandon = new Set<() => void>();
  readonly #model = new AbortController();
  readonly #ended = Promise.withResolvers<Turn>();
  #turn: Turn;
  #halt: HaltReason | null = null;

  constructor(
    readonly ref: TurnRef,
    /** The token of the lease: the right to write this turn. */
    readonly token: string,
    turn: Turn,
  ) {
    this.#turn = turn;
  }

  get turn(): Turn {
    return this.#turn;
  }

  /** Aborts the call to the model. */
  get signal(): AbortSignal {
    return this.#model.signal;
  }

  get halted(): HaltReason | null {
    return this.#halt;
  }

  /** Resolves with the terminal turn once it is saved and published. Never rejects. */
  get ended(): Promise<Turn> {
    return this.#ended.promise;
  }

  /** Applies an event to the turn and sends it to every listener. */
  publish(event: ChatEvent): void {
    this.#turn = applyEvent(this.#turn, event);
    if (this.#listeners.size === 0) return;
    const frame = frameOf(event);
    for (const listener of this.#listeners) listener(event, frame);
  }

  /** Changes fields that have no event of their own; listeners see them in the terminal turn. */
  amend(change: Partial<Turn>): void {
    this.#turn = { ...this.#turn, ...change };
  }

  /** Publishes the last event. The turn must be terminal and saved. */
  end(turn: Turn): void {
    this.publish({ type: 'end', sessionId: this.ref.sessionId, turn });
    this.#listeners.clear();
    this.#ended.resolve(turn);
  }

  /**
   * Ends the run without an `end` event, because the store stayed unreachable: listeners can reconnect to what
   * is stored.
   */
  abandon(turn: Turn): void {
    for (const onAbandon of this.#onAbandon) onAbandon();
    this.#listeners.clear();
    this.#ended.resolve(turn);
  }

  /** Ends the call to the model. Only the first reason counts. */
  halt(reason: HaltReason): void {
    this.#halt ??= reason;
    this.#model.abort();
  }

  /** Returns a function that removes the listener. `onAbandon` is called if there will be no `end` event. */
  listen(listener: RunListener, onAbandon: () => void): () => void {
    this.#listeners.add(listener);
    this.#onAbandon.add(onAbandon);
    return () => {
      this.#listeners.delete(listener);
      this.#onAbandon.delete(onAbandon);
    };
  }
}
