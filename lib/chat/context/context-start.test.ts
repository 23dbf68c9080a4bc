import { describe, expect, it } from 'vitest';
import { startTurn, type Turn, type TurnStatus } from '../turn';
import { contextStart } from './context-start';

const turn = (id: string, status: TurnStatus = 'done', context?: Turn['context']): Turn => {
  const started = startTurn({ id, assistantId: 'teacher', content: 'q', model: 'demo:demo', now: 1 });
  return {
    ...started,
    status,
    context,
    reply: { ...started.reply, content: status === 'failed' ? '' : 'a' },
  };
};
const newest = (sent: number, dropped: number) => turn('n', 'streaming', { sent, dropped, images: 0 });

describe('contextStart', () => {
  it.each<[string, Turn[], string | null]>([
    ['null if all turns were sent', [turn('a'), turn('b'), newest(2, 0)], null],
    ['the second turn if the oldest was dropped', [turn('a'), turn('b'), newest(1, 1)], 'b'],
    ['the newest turn if all others were dropped', [turn('a'), turn('b'), newest(0, 2)], 'n'],
    ['does not count failed turns', [turn('a'), turn('b'), turn('c', 'failed'), newest(1, 1)], 'b'],
    ['null if that turn is not loaded', [turn('b'), newest(2, 3)], null],
    ['null without turns', [], null],
    ['null for a stored turn that has no context', [turn('a')], null],
  ])('%s', (_name, path, start) => {
    expect(contextStart(path)).toBe(start);
  });
});
