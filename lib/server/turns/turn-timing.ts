import type { Turn } from '@/lib/chat/turn';

/** Measures one turn, in milliseconds since it began. */
export class TurnTiming {
  #firstReasoningAt: number | null = null;
  #firstContentAt: number | null = null;

  constructor(
    private readonly startedAt: number,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Call this for each part that arrives; only the first of each type counts. */
  received(type: 'reasoning' | 'content'): void {
    if (type === 'content') this.#firstContentAt ??= this.clock();
    else this.#firstReasoningAt ??= this.clock();
  }

  /** Whether any part has arrived. */
  get hasPart(): boolean {
    return this.#firstReasoningAt !== null || this.#firstContentAt !== null;
  }

  /** The times up to now. */
  measure(): NonNullable<Turn['timing']> {
    const now = this.clock();
    const reasoningAt = this.#firstReasoningAt;
    const contentAt = this.#firstContentAt;
    const thoughtMs = reasoningAt === null ? undefined : (contentAt ?? now) - reasoningAt;
    return {
      firstTokenMs: Math.min(reasoningAt ?? now, contentAt ?? now) - this.startedAt,
      totalMs: now - this.startedAt,
      // Negative where the reasoning came after the first content: there is no thinking time to show.
      ...(thoughtMs !== undefined && thoughtMs >= 0 && { thoughtMs }),
    };
  }
}
