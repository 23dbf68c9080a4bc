import { type Check, must } from '../support/run-checks';
import type { VercelLab } from './vercel-lab';

/** One promise, tested on the output of `vercel build`. */
export type VercelCheck = Check<VercelLab>;

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
    must(Date.now() <= until, `after ${withinMs / 1_000} s still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
