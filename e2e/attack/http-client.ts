import { type IncomingHttpHeaders, type IncomingMessage, request as openRequest } from 'node:http';
import { connect } from 'node:net';

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The `code` of an error answer. */
  code: string | null;
}

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 8_000_000;

/**
 * A request over `node:http`, which adds no header but `Host` and follows no redirect. Resolves when the response
 * begins; `finish` reads its body.
 */
export function open(
  url: string,
  { method = 'GET', headers = {}, body }: Question = {},
): Promise<IncomingMessage> {
  const { hostname, port, origin } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = openRequest({
      host: hostname,
      port,
      // Not `pathname`: the path is sent as it is.
      path: url.slice(origin.length) || '/',
      method,
      headers: body === undefined ? headers : { 'content-length': Buffer.byteLength(body), ...headers },
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    request.once('response', resolve).once('error', reject);
    request.end(body);
  });
}

export async function finish(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BYTES) break;
  }
  response.destroy();
  const body = Buffer.concat(chunks);
  return { status: response.statusCode ?? 0, headers: response.headers, body, code: codeIn(body) };
}

export const ask = async (url: string, question?: Question): Promise<Reply> =>
  finish(await open(url, question));

/** Sends bytes as they are and returns the response as text, for requests that no HTTP client would send. */
export function sendRaw(url: string, text: string, withinMs = 5_000): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    const late = setTimeout(() => socket.destroy(), withinMs);
    socket.setEncoding('latin1').on('data', (data: string) => {
      received += data;
    });
    socket.once('error', reject).once('close', () => {
      clearTimeout(late);
      resolve(received);
    });
  });
}

/** The status of a raw response; 0 if the connection was closed without one. */
export const statusIn = (raw: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(raw)?.[1] ?? 0);

function codeIn(body: Buffer): string | null {
  try {
    return JSON.parse(body.toString('utf8')).error?.code ?? null;
  } catch {
    return null;
  }
}
