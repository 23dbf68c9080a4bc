import type { VercelLab } from './vercel-lab';

/** One promise, tested on the output of `vercel build`. */
export interface VercelCheck {
  name: string;
  /** The promise, in a sentence. */
  promise: string;
  /** Resolves with the evidence. @throws with what was seen instead if the promise does not hold. */
  run(lab: VercelLab): Promise<string>;
}

/** @throws with what was seen if it is not what was promised. */
export function expectThat(holds: boolean, seen: string): asserts holds {
  if (!holds) throw new Error(seen);
}

/** Reads until the value is accepted. @throws with the last value. */
export async function eventually<T>(
  read: () => Promise<T>,
  accept: (value: T) => boolean,
  { withinMs, everyMs = 500 }: { withinMs: number; everyMs?: number },
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (accept(value)) return value;
    expectThat(Date.now() <= until, `after ${withinMs / 1_000} s still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
