import { describe, expect, it } from 'vitest';
import { retryAfterOf } from './retry-after';

const NOW = Date.parse('Mon, 23 Nov 2026 10:00:00 GMT');

describe('how long a provider asks to wait', () => {
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '7', 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': 'Mon, 23 Nov 2026 10:01:30 GMT' }, 90_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'Mon, 23 Nov 2026 12:00:05 GMT', date: 'Mon, 23 Nov 2026 12:00:00 GMT' }, 5_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-3' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('is read from %j as %s ms', (headers: Record<string, string> | undefined, ms) => {
    expect(retryAfterOf(headers, NOW)).toBe(ms);
  });
});
