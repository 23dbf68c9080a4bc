import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepSwept } from './keep-swept';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('sweeps once a second while there is something to delete, and else once a minute, also after failures', async () => {
  const answers: (boolean | Error)[] = [true, true, false, new Error('locked'), false];
  const at: number[] = [];
  const startedAt = Date.now();
  keepSwept({
    async sweep({ now }) {
      at.push(now - startedAt);
      const answer = answers[at.length - 1] ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  await vi.advanceTimersByTimeAsync(185_000);
  expect(at).toEqual([1_000, 2_000, 3_000, 63_000, 123_000, 183_000]);
});
