import type { Turn } from '@/lib/chat/turn';

/** Takes the times of one turn, in milliseconds since it began. */
export class TurnTiming {
  #first: number | null = null;
  #thought: number | null = null;
  #word: number | null = null;

  constructor(
    private readonly startedAt: number,
    private readonly clock: () => number = Date.now,
  ) {}

  mark(kind: 'reasoning' | 'content'): void {
    if (kind === 'content' ? this.#word !== null : this.#thought !== null) return;
    const now = this.clock();
    this.#first ??= now;
    if (kind === 'content') this.#word = now;
    else this.#thought = now;
  }

  timing(): NonNullable<Turn['timing']> {
    const now = this.clock();
    const thoughtMs = this.#thought === null ? undefined : (this.#word ?? now) - this.#thought;
    return {
      firstTokenMs: (this.#first ?? now) - this.startedAt,
      totalMs: now - this.startedAt,
      ...(thoughtMs !== undefined && thoughtMs >= 0 && { thoughtMs }),
    };
  }
}
