import { describe, expect, it } from 'vitest';
import type { ModelInfo } from './model-info';
import { otherModels } from './other-models';
import { startTurn, type Turn } from './turn';

const model = (id: string, vision = true): ModelInfo => ({
  id,
  provider: id.split(':')[0] ?? '',
  name: id.split(':')[1] ?? '',
  vision,
  reasoning: false,
  imageGeneration: false,
  contextTokens: 1,
});
const MODELS = [model('openai:a'), model('openai:b', false), model('kimi:c'), model('kimi:d')];
const IMAGE = { id: 'i', type: 'image/png', width: 1, height: 1 } as const;

const failed = (error: Turn['error'], change: Partial<Turn> = {}): Turn => ({
  ...startTurn({ id: 't', assistantId: 'teacher', content: 'q', model: 'openai:a', now: 1 }),
  status: 'failed',
  error,
  ...change,
});
const of = (turn: Turn, chosen: string | null = null, models = MODELS) =>
  otherModels(turn, models, chosen).map(({ id }) => id);

const upstream = { code: 'model_failed', reason: 'upstream', message: '' } as const;

describe('the models to try instead', () => {
  it('are all others, in their order', () => {
    expect(of(failed(upstream))).toEqual(['openai:b', 'kimi:c', 'kimi:d']);
    expect(of(failed({ code: 'model_unavailable', message: '' }))).toEqual(['openai:b', 'kimi:c', 'kimi:d']);
  });

  it('begin with the one that is chosen now', () => {
    expect(of(failed(upstream), 'kimi:d')[0]).toBe('kimi:d');
    expect(of(failed(upstream), 'openai:a')[0]).toBe('openai:b');
  });

  it.each(['auth', 'rate_limited', 'unreachable'] as const)(
    'begin with another provider after the reason %s, even if one of the same is chosen',
    (reason) => {
      const turn = failed({ code: 'model_failed', reason, message: '' });
      expect(of(turn, 'openai:b')).toEqual(['kimi:c', 'kimi:d', 'openai:b']);
    },
  );

  it('see, if the message has images', () => {
    const user = { content: 'q', images: [IMAGE] };
    expect(of(failed(upstream, { user }))).toEqual(['kimi:c', 'kimi:d']);
  });

  it.each<[string, Turn]>([
    ['whose model did not fail', failed({ code: 'store_unavailable', message: '' })],
    ['that was stopped', failed(undefined, { status: 'stopped' })],
    ['that the server interrupted', failed(undefined, { status: 'interrupted' })],
    ['that is complete', failed(undefined, { status: 'done' })],
  ])('are none for a reply %s', (_, turn) => {
    expect(of(turn)).toEqual([]);
  });

  it('are none where there is no other', () => {
    expect(of(failed(upstream), null, [model('openai:a')])).toEqual([]);
  });
});
