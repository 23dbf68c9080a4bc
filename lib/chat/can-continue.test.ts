import { describe, expect, it } from 'vitest';
import { canContinue } from './can-continue';
import { startTurn, type Turn } from './turn';

const started = startTurn({ id: 't', assistantId: 'teacher', content: 'q', model: 'demo:demo', now: 1 });

describe('canContinue', () => {
  it.each<[string, Partial<Turn>, string, boolean]>([
    ['a stopped reply', { status: 'stopped' }, 'Half', true],
    ['no: a reply stopped before it had text', { status: 'stopped' }, ' \n', false],
    ['an interrupted reply', { status: 'interrupted' }, 'Half', true],
    [
      'a reply that failed partway',
      { status: 'failed', error: { code: 'model_failed', message: '' } },
      'Half',
      true,
    ],
    [
      'no: a reply that could not be stored',
      { status: 'failed', error: { code: 'store_unavailable', message: '' } },
      'Half',
      false,
    ],
    ['a reply at the length limit', { status: 'done', finishReason: 'length' }, 'Half', true],
    ['no: a complete reply', { status: 'done', finishReason: 'stop' }, 'All', false],
    ['no: a streaming reply', { status: 'streaming' }, 'Half', false],
  ])('%s', (_, change, content, can) => {
    expect(canContinue({ ...started, ...change, reply: { ...started.reply, content } })).toBe(can);
  });
});
