import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { startTurn, type Turn } from '@/lib/chat/turn';
import { ReplyNote } from './reply-note';

const started = startTurn({ id: 't', assistantId: 'teacher', content: 'q', model: 'demo:demo', now: 1 });
const shown = (change: Partial<Turn>, content = 'some words', isBusy = false) =>
  renderToStaticMarkup(
    <ReplyNote turn={{ ...started, reply: { ...started.reply, content }, ...change }} isBusy={isBusy} />,
  );

describe('the note under a reply', () => {
  it.each<[string, Partial<Turn>]>([
    ['streaming', { status: 'streaming' }],
    ['done', { status: 'done', finishReason: 'stop' }],
  ])('is not there for a reply that is %s', (_name, change) => {
    expect(shown(change)).toBe('');
  });

  it('says that a reply was stopped and its text kept, and offers no retry', () => {
    expect(shown({ status: 'stopped' })).toContain('You stopped this reply.');
    expect(shown({ status: 'stopped' })).not.toContain('Try again');
  });

  it('says that an interrupted reply is incomplete', () => {
    expect(shown({ status: 'interrupted' })).toMatch(/stopped partway through.*<button/);
    expect(shown({ status: 'interrupted' }, '')).toMatch(/stopped before it replied.*<button/);
  });

  it('says why a reply failed and what was kept, and offers a retry', () => {
    const error = { code: 'model_failed', reason: 'auth', message: 'x' } as const;
    expect(shown({ status: 'failed', error }, '')).toMatch(
      /rejected the API key\. Your message is saved\..*Try again/,
    );
    expect(shown({ status: 'failed', error })).toContain('The text so far is saved.');
  });

  it.each([
    [0, 'Try again in 20 seconds.'],
    [7_500, 'Try again in 13 seconds.'],
    [19_900, 'Try again in 1 second.'],
    [20_000, 'Try again in a moment, or choose another model.'],
    [3_600_000, 'Try again in a moment, or choose another model.'],
    // The clock of this computer is behind the server's.
    [-60_000, 'Try again in 20 seconds.'],
  ])('says after %d ms how long the provider still wants to be left alone', (passed, text) => {
    vi.useFakeTimers({ now: 1_000_000 + passed });
    const error = {
      code: 'model_failed',
      reason: 'rate_limited',
      message: 'x',
      retryAfterMs: 20_000,
    } as const;
    expect(shown({ status: 'failed', error, updatedAt: 1_000_000 }, '')).toContain(text);
    vi.useRealTimers();
  });

  it('offers to continue a reply that has some text', () => {
    expect(shown({ status: 'stopped' })).toContain('Continue');
    expect(shown({ status: 'stopped' }, '')).not.toContain('Continue');
    expect(shown({ status: 'interrupted' })).toMatch(/Continue.*Try again/);
    expect(shown({ status: 'done', finishReason: 'length' })).toContain('Continue');
  });

  it('offers nothing while another reply is streaming', () => {
    expect(shown({ status: 'interrupted' }, 'x', true)).not.toContain('<button');
  });

  it('says that a reply hit the length limit of the model', () => {
    expect(shown({ status: 'done', finishReason: 'length' })).toContain('length limit');
  });
});
