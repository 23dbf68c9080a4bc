import { isErrorCode } from './errors';
import type { ChatEvent } from './events';

/** One frame of the wire: JSON has no line break in it, so one `data` line is enough. */
export const encodeEvent = (event: ChatEvent): string => `data: ${JSON.stringify(event)}\n\n`;

/** A comment line: readers drop it, proxies see a living connection. */
export const encodeComment = (): string => ': still here\n\n';

/** `malformed`: a frame that is not JSON, or not what its type promises. It is told, so that a reader can start anew. */
export type Decoded = { kind: 'event'; event: ChatEvent } | { kind: 'malformed'; data: string };

export interface SseDecoder {
  /** The frames that these bytes complete. Events of unknown types are left out. */
  push(bytes: Uint8Array): Decoded[];
}

/**
 * Reads an event stream (WHATWG HTML, 9.2.6) however the network cut it: inside a character, between CR and LF,
 * inside a field name. A last frame without its empty line is incomplete and never comes out.
 */
export function createSseDecoder(): SseDecoder {
  const utf8 = new TextDecoder();
  const lineEnd = /[\r\n]/g;
  let rest = '';
  let afterCr = false;
  let data: string[] = [];

  return {
    push(bytes) {
      let text = utf8.decode(bytes, { stream: true });
      if (text === '') return [];
      if (afterCr && text.startsWith('\n')) text = text.slice(1);
      afterCr = false;

      const decoded: Decoded[] = [];
      // What was left over has no line end in it: only the new text is searched.
      lineEnd.lastIndex = 0;
      let start = 0;
      for (let end = lineEnd.exec(text); end; end = lineEnd.exec(text)) {
        const line = rest + text.slice(start, end.index);
        rest = '';
        start = end.index + 1;
        if (end[0] === '\r') {
          if (start === text.length) afterCr = true;
          else if (text[start] === '\n') start += 1;
          lineEnd.lastIndex = start;
        }
        if (line !== '') readField(line, data);
        else if (data.length > 0) {
          const frame = decodeFrame(data.join('\n'));
          if (frame) decoded.push(frame);
          data = [];
        }
      }
      rest += text.slice(start);
      return decoded;
    },
  };
}

/** Only `data` matters here: event names, ids and retry times are not part of our wire. */
function readField(line: string, data: string[]): void {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line : line.slice(0, colon);
  if (name !== 'data') return;
  const value = colon < 0 ? '' : line.slice(colon + 1);
  data.push(value.startsWith(' ') ? value.slice(1) : value);
}

function decodeFrame(data: string): Decoded | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return { kind: 'malformed', data };
  }
  if (!isObject(value) || typeof value.type !== 'string') return { kind: 'malformed', data };
  const fits = FITS.get(value.type);
  if (!fits) return null;
  return fits(value) ? { kind: 'event', event: value as ChatEvent } : { kind: 'malformed', data };
}

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasTurn = ({ turn }: Fields): boolean =>
  isObject(turn) && typeof turn.id === 'string' && isObject(turn.user) && isObject(turn.reply);

/** What a reader relies on, by type; a type that is not here is not for this reader. */
const FITS = new Map<string, (value: Fields) => boolean>([
  ['reasoning', ({ content }) => typeof content === 'string'],
  ['content', ({ content }) => typeof content === 'string'],
  ['error', ({ content, code }) => typeof content === 'string' && isErrorCode(code)],
  ['turn', hasTurn],
  ['end', (value) => typeof value.sessionId === 'string' && hasTurn(value)],
]);
