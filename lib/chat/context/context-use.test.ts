import { describe, expect, it } from 'vitest';
import { startTurn, type Turn } from '../turn';
import { contextUse, draftCost } from './context-use';

/** 208 tokens: two messages of 400 letters, which are 100 tokens each, and 4 more per message. */
const aTurn = (change: Partial<Turn> = {}): Turn => {
  const turn = startTurn({ id: 't', assistantId: 'a', content: 'x'.repeat(400), model: 'm:m', now: 0 });
  return { ...turn, status: 'done', reply: { ...turn.reply, content: 'y'.repeat(400) }, ...change };
};

const pathOf = (turns: Turn[]) => ({
  turnIds: turns.map((_, index) => `${index}`),
  turns: Object.fromEntries(turns.map((turn, index) => [`${index}`, turn])),
});

describe('contextUse', () => {
  it.each<[string, Turn[], number, number, { tokens: number; isFull: boolean }]>([
    ['counts nothing for an empty conversation', [], 1000, 0, { tokens: 0, isFull: false }],
    ['counts every turn and the draft', [aTurn(), aTurn()], 1000, 50, { tokens: 466, isFull: false }],
    [
      'leaves out the first older turn that does not fit, and all before it',
      [aTurn(), aTurn(), aTurn()],
      500,
      0,
      { tokens: 416, isFull: true },
    ],
    ['is full if the draft alone is too long', [aTurn()], 300, 400, { tokens: 400, isFull: true }],
    [
      'leaves out a streaming turn',
      [aTurn(), aTurn({ status: 'streaming' })],
      1000,
      0,
      { tokens: 208, isFull: false },
    ],
    [
      'leaves out a turn without a reply',
      [aTurn(), aTurn({ status: 'failed' })],
      1000,
      0,
      { tokens: 208, isFull: false },
    ],
    [
      'no more turns than the server sends',
      [aTurn(), aTurn(), aTurn({ context: { sent: 1, dropped: 1, images: 0 } })],
      1000,
      0,
      { tokens: 208, isFull: true },
    ],
  ])('counts %s', (_name, path, budget, draft, expected) => {
    expect(contextUse(pathOf(path), budget, draft)).toEqual(expected);
  });
});

describe('draftCost', () => {
  it('is nothing for nothing, and counts images', () => {
    const image = { id: 'i', type: 'image/png' as const, width: 560, height: 560 };
    const costs = [draftCost('', []), draftCost('x'.repeat(400), []), draftCost('', [image, image])];
    expect(costs).toEqual([0, 104, 804]);
  });
});
