import { beforeEach, describe, expect, it } from 'vitest';
import type { Turn } from '@/lib/chat/turn';
import { aTurn, done } from '../testing/builders';
import { createManualScheduler, type ManualScheduler } from '../testing/manual-scheduler';
import { COMMIT_MS, createEventBuffer, type EventBuffer } from './event-buffer';

describe('events of a reply', () => {
  let scheduler: ManualScheduler;
  let commits: Turn[];
  let buffer: EventBuffer;
  const texts = () => commits.map((turn) => turn.reply.content);
  const push = (content: string) => buffer.push({ type: 'content', content });

  beforeEach(() => {
    scheduler = createManualScheduler();
    commits = [];
    buffer = createEventBuffer(scheduler, (turn) => commits.push(turn));
  });

  it('are committed together, with a frame and at most every 50 ms', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    for (const word of ['one ', 'two ', 'three ']) push(word);
    expect(texts()).toEqual(['']);
    scheduler.advance(COMMIT_MS);
    expect(texts()).toEqual(['']);
    scheduler.paint();
    expect(texts()).toEqual(['', 'one two three ']);
    push('four');
    scheduler.advance(COMMIT_MS - 1);
    scheduler.paint();
    expect(texts()).toHaveLength(2);
    scheduler.advance(1);
    scheduler.paint();
    expect(texts()).toEqual(['', 'one two three ', 'one two three four']);
  });

  it('need 20 commits for 1,000 tokens in a second', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    for (let ms = 0; ms < 1000; ms += 1) {
      push('x');
      scheduler.advance(1);
      scheduler.paint();
    }
    expect(commits.length).toBeLessThanOrEqual(21);
    expect(texts().at(-1)?.length).toBeGreaterThan(900);
  });

  it('are committed with the next frame after a pause', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    scheduler.advance(1000);
    push('soon');
    scheduler.paint();
    expect(texts()).toEqual(['', 'soon']);
  });

  it('commit the end at once, and only once', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    push('Because');
    const end = done(aTurn({ reply: { content: 'Because.' } }));
    buffer.push({ type: 'end', sessionId: 's', turn: end });
    scheduler.advance(COMMIT_MS);
    scheduler.paint();
    expect(commits.slice(1)).toEqual([end]);
  });

  it('continue from a `turn` that replaces the text so far', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    push('Bec');
    buffer.push({ type: 'turn', turn: aTurn({ reply: { content: 'Because' } }) });
    push(' of light');
    buffer.flush();
    expect(texts().at(-1)).toBe('Because of light');
  });

  it('do not commit an `error`, whose `end` has the same and more', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    buffer.push({ type: 'error', code: 'model_failed', content: 'No.' });
    buffer.flush();
    expect(commits.map(({ status }) => status)).toEqual(['streaming']);
  });

  it('are ignored before the first turn and after close', () => {
    push('lost');
    buffer.flush();
    expect(commits).toEqual([]);
    buffer.push({ type: 'turn', turn: aTurn() });
    push('x');
    buffer.close();
    scheduler.advance(COMMIT_MS);
    scheduler.paint();
    buffer.push({ type: 'end', sessionId: 's', turn: done(aTurn()) });
    expect(texts()).toEqual(['']);
  });
});
