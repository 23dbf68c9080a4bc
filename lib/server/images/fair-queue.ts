/**
 * Does one piece of work at a time. Those who wait take turns, whatever the number that each of them has: a flood from one
 * address delays everybody else by one piece.
 */
export class FairQueue {
  readonly #waiting = new Map<string, (() => void)[]>();
  #isBusy = false;

  /** Runs `work` when it is the turn of whoever it is `of`. */
  async run<T>(of: string, work: () => Promise<T>): Promise<T> {
    if (this.#isBusy) await this.#turnOf(of);
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      this.#startNext();
    }
  }

  #turnOf(of: string): Promise<void> {
    return new Promise((start) => {
      const own = this.#waiting.get(of);
      if (own) own.push(start);
      else this.#waiting.set(of, [start]);
    });
  }

  /** The queue stays busy from one to the next, so that nobody comes in between. */
  #startNext(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#isBusy = false;
      return;
    }
    const [of, [start, ...others]] = next;
    this.#waiting.delete(of);
    if (others.length > 0) this.#waiting.set(of, others);
    start?.();
  }
}
