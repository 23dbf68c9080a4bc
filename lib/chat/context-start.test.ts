import { describe, expect, it } from 'vitest';
import { contextStart } from './context-start';
import { startTurn, type Turn, type TurnStatus } from './turn';

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
    ['nothing was left out', [turn('a'), turn('b'), newest(2, 0)], null],
    ['the oldest was left out', [turn('a'), turn('b'), newest(1, 1)], 'b'],
    ['all was left out', [turn('a'), turn('b'), newest(0, 2)], 'n'],
    ['failed turns were never counted', [turn('a'), turn('b'), turn('c', 'failed'), newest(1, 1)], 'b'],
    ['it lies on a page that is not loaded', [turn('b'), newest(2, 3)], null],
    ['there is no turn', [], null],
    ['a turn of before contexts were kept', [turn('a')], null],
  ])('%s', (_name, path, start) => {
    expect(contextStart(path)).toBe(start);
  });
});
