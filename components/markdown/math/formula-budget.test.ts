import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeFormulaBudget, waitInLine } from './formula-budget';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (call: () => void) => setTimeout(call, 16));
});
afterEach(async () => {
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('renders the formulas of a usual reply with its text', () => {
  expect(Array.from({ length: 40 }, () => takeFormulaBudget('E = mc^2'.repeat(5))).every(Boolean)).toBe(true);
});

it.each([
  ['long', 2_000, 60, 1],
  ['short', 3, 1_000, 108],
])('renders few of very many %s formulas at once', (_, length, count, most) => {
  const rendered = Array.from({ length: count }, () => takeFormulaBudget('x'.repeat(length))).filter(Boolean);
  expect(rendered).toHaveLength(most);
});

it('has its whole budget again after a second', async () => {
  expect(takeFormulaBudget('x'.repeat(2_000))).toBe(true);
  expect(takeFormulaBudget('x'.repeat(2_000))).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(takeFormulaBudget('x'.repeat(2_000))).toBe(true);
});

it('renders the others one after another, in their order, without those that have left', async () => {
  const rendered: string[] = [];
  waitInLine(() => rendered.push('a'));
  const leave = waitInLine(() => rendered.push('b'));
  waitInLine(() => rendered.push('c'));
  leave();
  await vi.advanceTimersByTimeAsync(0);
  expect(rendered).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(500);
  expect(rendered).toEqual(['a', 'c']);
});
