import type { ChatEvent } from './events';
import { objectOf, oneOf, type Read, text, UnexpectedJson } from './json-reader';
import { errorCode, errorReason, readTurn } from './read-wire';

/** One frame of server-sent events. JSON holds no line break, so one `data` line is enough. */
export const encodeEvent = (event: ChatEvent): string => `data: ${JSON.stringify(event)}\n\n`;

/** A comment line: readers drop it, and it keeps proxies from closing a silent connection. */
export const encodeComment = (): string => ': still here\n\n';

/**
 * `unknown`: an event of a type that this reader does not know; a newer server may send it, and it is ignored.
 * `malformed`: not JSON, or without the fields of its type; the reader has to start again.
 */
export type DecodedEvent =
  | { kind: 'event'; event: ChatEvent }
  | { kind: 'unknown'; type: string }
  | { kind: 'malformed'; data: string };

type EventType = ChatEvent['type'];
type EventOf<T extends EventType> = Extract<ChatEvent, { type: T }>;

/** A reader for every type of event: a type without one does not compile. */
const EVENTS: { [T in EventType]: Read<EventOf<T>> } = {
  reasoning: objectOf<EventOf<'reasoning'>>({ type: oneOf('reasoning'), content: text }),
  content: objectOf<EventOf<'content'>>({ type: oneOf('content'), content: text }),
  error: objectOf<EventOf<'error'>>({
    type: oneOf('error'),
    code: errorCode,
    reason: errorReason,
    content: text,
  }),
  turn: objectOf<EventOf<'turn'>>({ type: oneOf('turn'), turn: readTurn }),
  end: objectOf<EventOf<'end'>>({ type: oneOf('end'), sessionId: text, turn: readTurn }),
};

const isEventType = (type: string): type is EventType => Object.hasOwn(EVENTS, type);

const readType = objectOf({ type: text });

/** Decodes the `data` of one frame. Never throws. */
export function decodeEvent(data: string): DecodedEvent {
  try {
    const value: unknown = JSON.parse(data);
    const { type } = readType(value);
    return isEventType(type) ? { kind: 'event', event: EVENTS[type](value) } : { kind: 'unknown', type };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UnexpectedJson) return { kind: 'malformed', data };
    throw error;
  }
}
