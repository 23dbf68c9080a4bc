import { describe, expect, it } from 'vitest';
import { canContinue } from './can-continue';
import { startTurn, type Turn } from './turn';

const started = startTurn({ id: 't', assistantId: 'teacher', content: 'q', model: 'demo:demo', now: 1 });

describe('a reply can go on', () => {
  it.each<[string, Partial<Turn>, string, boolean]>([
    ['that was stopped', { status: 'stopped' }, 'Half', true],
    ['that was stopped before its first word: no', { status: 'stopped' }, ' \n', false],
    ['whose server went away', { status: 'interrupted' }, 'Half', true],
    [
      'that failed in the middle',
      { status: 'failed', error: { code: 'model_failed', message: '' } },
      'Half',
      true,
    ],
    [
      'that could not be kept: no',
      { status: 'failed', error: { code: 'store_unavailable', message: '' } },
      'Half',
      false,
    ],
    ['at the length limit', { status: 'done', finishReason: 'length' }, 'Half', true],
    ['that is whole: no', { status: 'done', finishReason: 'stop' }, 'All', false],
    ['that is being written: no', { status: 'streaming' }, 'Half', false],
  ])('%s', (_, change, content, can) => {
    expect(canContinue({ ...started, ...change, reply: { ...started.reply, content } })).toBe(can);
  });
});
