import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEvent, encodeEvent } from './event-codec';
import type { ChatEvent } from './events';
import { startTurn } from './turn';

const turn = startTurn({ id: 't1', assistantId: 'teacher', content: 'Hi', model: 'demo:demo', now: 1 });
const dataOf = (frame: string): string => frame.slice('data: '.length, -2);

/** One of every type: a type of event that is missing here does not compile. */
const EVENTS: { [T in ChatEvent['type']]: Extract<ChatEvent, { type: T }> } = {
  reasoning: { type: 'reasoning', content: 'Hm' },
  content: { type: 'content', content: 'Hello' },
  error: { type: 'error', code: 'model_failed', reason: 'stalled', content: 'The model stopped responding.' },
  turn: { type: 'turn', turn },
  end: { type: 'end', sessionId: 's1', turn: { ...turn, status: 'done', finishReason: 'content_filter' } },
};

describe('decoding an event', () => {
  it.each(Object.values(EVENTS))('gives back what was encoded: $type', (event) => {
    expect(decodeEvent(dataOf(encodeEvent(event)))).toEqual({ kind: 'event', event });
  });

  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const event: ChatEvent = { type: 'content', content: raw.toWellFormed() };
        expect(decodeEvent(dataOf(encodeEvent(event)))).toEqual({ kind: 'event', event });
      }),
    );
  });

  it.each(['<html>', '[]', '7', 'null', '{"type":7}', '{"content":"x"}'])('calls %s malformed', (data) => {
    expect(decodeEvent(data)).toEqual({ kind: 'malformed', data });
  });

  it.each([
    '{"type":"content"}',
    '{"type":"content","content":7}',
    '{"type":"turn","turn":{}}',
    '{"type":"error","content":"no code"}',
    '{"type":"end","sessionId":"s1"}',
  ])('calls an event without the fields of its type malformed: %s', (data) => {
    expect(decodeEvent(data)).toEqual({ kind: 'malformed', data });
  });

  it.each(['image', 'constructor', 'toString', '__proto__'])(
    'says that it does not know the type %s',
    (type) => {
      expect(decodeEvent(JSON.stringify({ type, id: 'i' }))).toEqual({ kind: 'unknown', type });
    },
  );

  it('reads codes and reasons of a newer server as the general case', () => {
    expect(decodeEvent('{"type":"error","code":"new_code","reason":"new_reason","content":"x"}')).toEqual({
      kind: 'event',
      event: { type: 'error', code: 'internal', content: 'x' },
    });
  });

  it('reads the finish reasons that earlier versions stored', () => {
    const stored = { ...turn, status: 'done', finishReason: 'content-filter' };
    expect(decodeEvent(JSON.stringify({ type: 'turn', turn: stored }))).toMatchObject({
      event: { turn: { finishReason: 'content_filter' } },
    });
  });
});
