import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { startTurn, type Turn } from '@/lib/chat/turn';
import { ReplyEnd } from './reply-end';

const started = startTurn({ id: 't', assistantId: 'teacher', content: 'q', model: 'demo:demo', now: 1 });
const shown = (change: Partial<Turn>, content = 'some words', busy = false) =>
  renderToStaticMarkup(
    <ReplyEnd turn={{ ...started, reply: { ...started.reply, content }, ...change }} busy={busy} />,
  );

describe('how a reply ended', () => {
  it.each<[string, Partial<Turn>]>([
    ['streaming', { status: 'streaming' }],
    ['done', { status: 'done', finishReason: 'stop' }],
  ])('says nothing of a reply that is %s', (_name, change) => {
    expect(shown(change)).toBe('');
  });

  it('says that a stopped reply keeps what had arrived, and offers no retry', () => {
    expect(shown({ status: 'stopped' })).toContain('You stopped this reply.');
    expect(shown({ status: 'stopped' })).not.toContain('Try again');
  });

  it('never lets an interrupted reply look finished', () => {
    expect(shown({ status: 'interrupted' })).toMatch(/stopped partway through.*<button/);
    expect(shown({ status: 'interrupted' }, '')).toMatch(/stopped before it replied.*<button/);
  });

  it('says why a reply failed, what was kept, and offers a retry', () => {
    const error = { code: 'model_failed', reason: 'auth', message: 'x' } as const;
    expect(shown({ status: 'failed', error }, '')).toMatch(
      /rejected the API key\. Your message is saved\..*Try again/,
    );
    expect(shown({ status: 'failed', error })).toContain('The text so far is saved.');
  });

  it('offers to go on where there is something to go on from', () => {
    expect(shown({ status: 'stopped' })).toContain('Continue');
    expect(shown({ status: 'stopped' }, '')).not.toContain('Continue');
    expect(shown({ status: 'interrupted' })).toMatch(/Continue.*Try again/);
    expect(shown({ status: 'done', finishReason: 'length' })).toContain('Continue');
  });

  it('offers no retry while another reply is written', () => {
    expect(shown({ status: 'interrupted' }, 'x', true)).not.toContain('<button');
  });

  it('says that a reply was cut at the limit of the model', () => {
    expect(shown({ status: 'done', finishReason: 'length' })).toContain('length limit');
  });
});
