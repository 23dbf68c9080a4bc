import { createParser } from 'eventsource-parser';
import { type DecodedEvent, decodeEvent } from '@/lib/chat/event-codec';

export interface EventDecoder {
  /** Returns the frames that these bytes complete. A last frame without its blank line is never returned. */
  push(bytes: Uint8Array): DecodedEvent[];
}

/** Reads the server's event stream. Event names, ids and retry times are not part of our wire. */
export function createEventDecoder(): EventDecoder {
  const utf8 = new TextDecoder();
  let decoded: DecodedEvent[] = [];
  const parser = createParser({ onEvent: ({ data }) => void decoded.push(decodeEvent(data)) });
  return {
    push(bytes) {
      decoded = [];
      parser.feed(utf8.decode(bytes, { stream: true }));
      return decoded;
    },
  };
}
