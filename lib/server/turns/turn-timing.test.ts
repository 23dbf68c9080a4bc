import { describe, expect, it } from 'vitest';
import { TurnTiming } from './turn-timing';

type Part = ['reasoning' | 'content', number];

/** The times of a turn that began at 1,000, received these parts and was measured at 1,900. */
function timesOf(parts: Part[]) {
  let now = 1_000;
  const timing = new TurnTiming(now, () => now);
  for (const [type, at] of parts) {
    now = at;
    timing.received(type);
  }
  now = 1_900;
  return timing.measure();
}

describe('the times of a turn', () => {
  it.each<[string, Part[], object]>([
    ['no part', [], { firstTokenMs: 900, totalMs: 900 }],
    [
      'content only',
      [
        ['content', 1_100],
        ['content', 1_500],
      ],
      { firstTokenMs: 100, totalMs: 900 },
    ],
    [
      'reasoning, then content',
      [
        ['reasoning', 1_100],
        ['reasoning', 1_200],
        ['content', 1_500],
      ],
      { firstTokenMs: 100, totalMs: 900, thoughtMs: 400 },
    ],
    ['reasoning to the end', [['reasoning', 1_300]], { firstTokenMs: 300, totalMs: 900, thoughtMs: 600 }],
    [
      'reasoning after content',
      [
        ['content', 1_100],
        ['reasoning', 1_500],
      ],
      { firstTokenMs: 100, totalMs: 900 },
    ],
  ])('with %s', (_, parts, expected) => expect(timesOf(parts)).toEqual(expected));
});
