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
  const say = (content: string) => buffer.push({ type: 'content', content });

  beforeEach(() => {
    scheduler = createManualScheduler();
    commits = [];
    buffer = createEventBuffer(scheduler, (turn) => commits.push(turn));
  });

  it('are committed together, at most once in the time and in step with a frame', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    for (const word of ['one ', 'two ', 'three ']) say(word);
    expect(texts()).toEqual(['']);
    scheduler.advance(COMMIT_MS);
    expect(texts()).toEqual(['']);
    scheduler.paint();
    expect(texts()).toEqual(['', 'one two three ']);
    say('four');
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
      say('x');
      scheduler.advance(1);
      scheduler.paint();
    }
    expect(commits.length).toBeLessThanOrEqual(21);
    expect(texts().at(-1)?.length).toBeGreaterThan(900);
  });

  it('wait for a frame only, after a silence', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    scheduler.advance(1000);
    say('soon');
    scheduler.paint();
    expect(texts()).toEqual(['', 'soon']);
  });

  it('end at once, and only once', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    say('Because');
    const end = done(aTurn({ reply: { content: 'Because.' } }));
    buffer.push({ type: 'end', sessionId: 's', turn: end });
    scheduler.advance(COMMIT_MS);
    scheduler.paint();
    expect(commits.slice(1)).toEqual([end]);
  });

  it('go on from a `turn` that replaces what was heard', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    say('Bec');
    buffer.push({ type: 'turn', turn: aTurn({ reply: { content: 'Because' } }) });
    say(' of light');
    buffer.flush();
    expect(texts().at(-1)).toBe('Because of light');
  });

  it('that tell of an error leave the last word to the end, which says the same and more', () => {
    buffer.push({ type: 'turn', turn: aTurn() });
    buffer.push({ type: 'error', code: 'model_failed', content: 'No.' });
    buffer.flush();
    expect(commits.map(({ status }) => status)).toEqual(['streaming']);
  });

  it('before any turn, or after the buffer was closed, are nobody’s', () => {
    say('lost');
    buffer.flush();
    expect(commits).toEqual([]);
    buffer.push({ type: 'turn', turn: aTurn() });
    say('x');
    buffer.close();
    scheduler.advance(COMMIT_MS);
    scheduler.paint();
    buffer.push({ type: 'end', sessionId: 's', turn: done(aTurn()) });
    expect(texts()).toEqual(['']);
  });
});
