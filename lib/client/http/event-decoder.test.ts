import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecodedEvent, decodeEvent, encodeComment, encodeEvent } from '@/lib/chat/event-codec';
import type { ChatEvent } from '@/lib/chat/events';
import { startTurn } from '@/lib/chat/turn';
import { createEventDecoder } from './event-decoder';

const turn = startTurn({ id: 't1', assistantId: 'teacher', content: 'Hi', model: 'demo:demo', now: 1 });
const bytesOf = (text: string) => new TextEncoder().encode(text);

function decode(...chunks: Uint8Array[]): DecodedEvent[] {
  const decoder = createEventDecoder();
  return chunks.flatMap((chunk) => decoder.push(chunk));
}

function cut(bytes: Uint8Array, cuts: number[]): Uint8Array[] {
  const ends = [0, ...cuts.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return ends.slice(1).map((end, index) => bytes.slice(ends[index], end));
}

const content = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('reasoning' as const), content }),
  fc.record({ type: fc.constant('content' as const), content }),
  fc.record({ type: fc.constant('error' as const), code: fc.constant('internal' as const), content }),
  fc.record({ type: fc.constant('end' as const), sessionId: content, turn: fc.constant(turn) }),
  fc.constant({ type: 'turn' as const, turn }),
);

describe('the decoder of the event stream', () => {
  it('gives back every event, wherever the network cut the bytes', () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(fc.nat()), (events, cuts) => {
        const bytes = bytesOf(events.map((one) => encodeComment() + encodeEvent(one)).join(''));
        expect(decode(...cut(bytes, cuts))).toEqual(events.map((one) => ({ kind: 'event', event: one })));
      }),
    );
  });

  it('reads CR, LF and CRLF, comments, other fields and data over several lines, wherever they are cut', () => {
    const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
    const frame = fc
      .tuple(
        fc.array(fc.constantFrom(': 注释', 'event: x', 'id: 7', 'retry: 1', 'unknown: é')),
        fc.array(fc.constantFrom('"一', '{"type":', '"content","content":"é👩‍🚀"}', '1', ''), {
          minLength: 1,
        }),
      )
      .map(([others, lines]) => ({ others, lines }));
    fc.assert(
      fc.property(fc.boolean(), lineEnd, fc.array(frame), fc.array(fc.nat()), (bom, end, frames, cuts) => {
        const text = frames
          .map(({ others, lines }) => [...others, ...lines.map((line) => `data:${line}`), '', ''].join(end))
          .join('');
        // A CR at the end of what has arrived may be half of a CRLF: the comment shows that it is not.
        expect(decode(...cut(bytesOf(`${bom ? '\uFEFF' : ''}${text}:\n`), cuts))).toEqual(
          frames.map(({ lines }) => decodeEvent(lines.join('\n'))),
        );
      }),
    );
  });

  it('goes on with the next frame after a malformed one', () => {
    const good = encodeEvent({ type: 'content', content: 'on' });
    expect(decode(bytesOf(`data: <html>\n\n${good}`))).toEqual([
      { kind: 'malformed', data: '<html>' },
      { kind: 'event', event: { type: 'content', content: 'on' } },
    ]);
  });

  it('never gives out a last frame that was cut off', () => {
    const text = encodeEvent({ type: 'content', content: 'half' });
    expect(decode(bytesOf(text.slice(0, -1)))).toEqual([]);
  });
});
