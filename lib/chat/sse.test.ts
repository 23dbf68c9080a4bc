import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent } from './events';
import { createSseDecoder, type Decoded, encodeComment, encodeEvent } from './sse';
import { startTurn } from './turn';

const turn = startTurn({ id: 't1', assistantId: 'teacher', content: 'Hi', model: 'demo:demo', now: 1 });
const bytesOf = (text: string) => new TextEncoder().encode(text);
const decode = (...chunks: Uint8Array[]): Decoded[] => {
  const decoder = createSseDecoder();
  return chunks.flatMap((chunk) => decoder.push(chunk));
};
const eventsOf = (decoded: Decoded[]) => decoded.map((one) => (one.kind === 'event' ? one.event : one.data));
const cut = (bytes: Uint8Array, cuts: number[]): Uint8Array[] => {
  const places = [0, ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.slice(places[index], end));
};

const content = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('reasoning' as const), content }),
  fc.record({ type: fc.constant('content' as const), content }),
  fc.record({ type: fc.constant('error' as const), code: fc.constant('internal' as const), content }),
  fc.record({ type: fc.constant('end' as const), sessionId: content, turn: fc.constant(turn) }),
  fc.constant({ type: 'turn' as const, turn }),
);

describe('the event stream codec', () => {
  it('gives back every event, whatever bytes the network cut it between', () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(fc.nat()), (events, cuts) => {
        const bytes = bytesOf(events.map((one) => encodeComment() + encodeEvent(one)).join(''));
        expect(eventsOf(decode(...cut(bytes, cuts)))).toEqual(events);
      }),
    );
  });

  it('reads any stream as the reference parser does: CR, LF, CRLF, comments, other fields, lines of data', () => {
    const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '',
        'data',
        'data:',
        'data: ',
        ':',
        ': 注释',
        'event: x',
        'id: 7',
        'retry: 1',
        'dat',
      ),
      fc.constantFrom('data: "一', 'data:{"type":"content","content":"é👩‍🚀"}', 'data:  {"type":', 'data: 1'),
      fc.string({ unit: fc.constantFrom('d', 'a', 't', ':', ' ', '字', '😀') }),
    );
    const stream = fc
      .array(fc.tuple(line, lineEnd))
      .map((lines) => lines.map((pair) => pair.join('')).join(''));
    fc.assert(
      fc.property(fc.boolean(), stream, fc.array(fc.nat()), (bom, text, cuts) => {
        const expected: string[] = [];
        const parser = createParser({ onEvent: ({ data }) => expected.push(data) });
        parser.feed(`${text}\n\n`);
        const seen = eventsOf(decode(...cut(bytesOf(`${bom ? '\uFEFF' : ''}${text}\n\n`), cuts)));
        expect(seen).toEqual(expected.map(eventOr));
      }),
      { numRuns: 2000 },
    );
  });

  it('tells a frame that is not JSON, and goes on with the next', () => {
    const good = encodeEvent({ type: 'content', content: 'on' });
    expect(decode(bytesOf(`data: <html>\n\n${good}`))).toEqual([
      { kind: 'malformed', data: '<html>' },
      { kind: 'event', event: { type: 'content', content: 'on' } },
    ]);
  });

  it('tells a frame whose fields are not what its type promises', () => {
    const frames = [
      '{"type":"content"}',
      '{"type":"turn","turn":{}}',
      '{"type":"error","content":"x"}',
      '[]',
    ];
    expect(decode(bytesOf(frames.map((frame) => `data: ${frame}\n\n`).join('')))).toEqual(
      frames.map((data) => ({ kind: 'malformed', data })),
    );
  });

  it('leaves out events of types that it does not know', () => {
    expect(decode(bytesOf('data: {"type":"image","id":"i"}\n\ndata: {"type":"constructor"}\n\n'))).toEqual(
      [],
    );
  });

  it('never gives out a last frame that was cut off', () => {
    const text = encodeEvent({ type: 'content', content: 'half' });
    expect(decode(bytesOf(text.slice(0, -1)))).toEqual([]);
  });
});

/** What a reader makes of a frame of the generated stream: the event that it holds, else its text. */
function eventOr(data: string): unknown {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' ? value : data;
  } catch {
    return data;
  }
}
