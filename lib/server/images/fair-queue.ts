/**
 * Does one piece of work at a time, for one client after the other. However many pieces a client adds, it delays the
 * others by one piece each round.
 */
export class FairQueue {
  readonly #waiting = new Map<string, (() => void)[]>();
  #isBusy = false;

  /** Runs `work` when it is this client's turn. */
  async run<T>(client: string, work: () => Promise<T>): Promise<T> {
    if (this.#isBusy) await this.#turnOf(client);
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      this.#startNext();
    }
  }

  #turnOf(client: string): Promise<void> {
    return new Promise((start) => {
      const own = this.#waiting.get(client);
      if (own) own.push(start);
      else this.#waiting.set(client, [start]);
    });
  }

  /** The queue stays busy from one piece to the next, so that a new client cannot slip in between. */
  #startNext(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#isBusy = false;
      return;
    }
    const [client, [start, ...others]] = next;
    this.#waiting.delete(client);
    if (others.length > 0) this.#waiting.set(client, others);
    start?.();
  }
}
