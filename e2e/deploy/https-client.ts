import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createGunzip } from 'node:zlib';
import type { ChatEvent } from '@/lib/chat/events';
import type { SendBody } from '@/lib/chat/wire';
import { createEventDecoder } from '@/lib/client/http/event-decoder';
import { type FrontProxy, SITE } from '../support/servers/front-proxy';

export interface HttpsAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A stream of server-sent events. */
export interface HttpsStream {
  status: number;
  /** Resolves with the first matching event, or with undefined if the stream ends without one. */
  until(fits: (event: ChatEvent) => boolean): Promise<ChatEvent | undefined>;
  close(): void;
}

export interface HttpsClientOptions {
  /** The loopback address from which it connects. */
  address?: string;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** The base path of the site. */
  base?: string;
}

/** Imitates a browser: HTTP/2, TLS and the cookies of one guest. It can have its own loopback address. */
export class HttpsClient {
  readonly #session: ClientHttp2Session;
  readonly #origin: string;
  readonly #headers: Record<string, string>;
  readonly #base: string;
  /** For the streams of replies. */
  acceptsGzip = false;
  readonly cookies = new Map<string, string>();

  constructor(
    { httpsPort, certificate }: FrontProxy,
    { address = '127.0.0.1', headers = {}, base = '' }: HttpsClientOptions = {},
  ) {
    this.#origin = `https://${SITE}:${httpsPort}`;
    this.#headers = headers;
    this.#base = base;
    this.#session = connect(this.#origin, {
      createConnection: () =>
        connectTls({
          socket: connectTcp({ host: '127.0.0.1', port: httpsPort, localAddress: address }),
          servername: SITE,
          ca: certificate,
          ALPNProtocols: ['h2'],
        }),
    });
    // Each request reports it as well.
    this.#session.on('error', () => undefined);
  }

  /** `h2` if the proxy speaks HTTP/2. */
  get protocol(): string | null {
    return this.#session.alpnProtocol ?? null;
  }

  /** Loads the page, which creates the guest. */
  async visit(): Promise<HttpsAnswer> {
    const answer = await this.request('GET', '/', {
      headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' },
    });
    for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = cookie.split(';');
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  }

  async request(
    method: string,
    path: string,
    { body, headers = {} }: { body?: string | Buffer; headers?: Record<string, string> } = {},
  ): Promise<HttpsAnswer> {
    const stream = this.#open(method, path, headers);
    stream.end(body);
    const answered = await headersOf(stream);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return { ...answered, text: Buffer.concat(chunks).toString() };
  }

  /** Sends a message to the assistant and reads its reply. */
  async send(fields: Omit<SendBody, 'assistantId'>): Promise<HttpsStream> {
    const stream = this.#open('POST', '/api/chat/stream', {
      'content-type': 'application/json',
      ...(this.acceptsGzip && { 'accept-encoding': 'gzip' }),
    });
    stream.end(JSON.stringify({ assistantId: 'assistant', ...fields }));
    const { status, headers } = await headersOf(stream);
    const isCompressed = headers['content-encoding'] === 'gzip';
    const body = isCompressed ? stream.pipe(createGunzip()) : stream;
    const decoder = createEventDecoder();
    const events: ChatEvent[] = [];
    const listeners = new Set<() => void>();
    let hasEnded = false;
    const notify = () => {
      for (const listener of [...listeners]) listener();
    };
    body.on('data', (bytes: Buffer) => {
      for (const decoded of decoder.push(bytes)) if (decoded.kind === 'event') events.push(decoded.event);
      notify();
    });
    stream.on('error', () => undefined);
    body
      .on('error', () => undefined)
      .on('close', () => {
        hasEnded = true;
        notify();
      });
    return {
      status,
      until: (fits) =>
        new Promise((resolve) => {
          const check = () => {
            const found = events.find(fits);
            if (!found && !hasEnded) return;
            listeners.delete(check);
            resolve(found);
          };
          listeners.add(check);
          check();
        }),
      close: () => stream.close(),
    };
  }

  close(): void {
    this.#session.destroy();
  }

  #open(method: string, path: string, headers: Record<string, string>): ClientHttp2Stream {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return this.#session.request({
      ':method': method,
      ':path': this.#base + path,
      'sec-fetch-site': 'same-origin',
      ...(method !== 'GET' && { origin: this.#origin }),
      ...(cookie && { cookie }),
      ...this.#headers,
      ...headers,
    });
  }
}

const headersOf = (stream: ClientHttp2Stream) =>
  new Promise<{ status: number; headers: HttpsAnswer['headers'] }>((resolve, reject) => {
    stream.once('response', (headers) =>
      resolve({ status: Number(headers[':status']), headers: { ...headers } }),
    );
    stream.once('error', reject);
  });
