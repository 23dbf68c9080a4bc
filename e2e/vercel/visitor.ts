import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request as send } from 'node:https';
import { v7 as newId } from 'uuid';
import type { ChatEvent } from '@/lib/chat/events';
import type { Turn } from '@/lib/chat/turn';
import type { HistoryAnswer, SendBody } from '@/lib/chat/wire';
import { createEventDecoder } from '@/lib/client/http/event-decoder';

const TIMEOUT_MS = 90_000;

interface Question {
  method?: string;
  headers?: Record<string, string>;
  json?: unknown;
  body?: Buffer;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A guest of a site over https that keeps cookies like a browser. */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #agent: Agent;

  constructor(
    readonly url: string,
    ca: string,
  ) {
    this.#agent = new Agent({ ca, keepAlive: false });
  }

  get cookieNames(): string[] {
    return [...this.#cookies.keys()];
  }

  /** The page, which gives a new guest its cookie. */
  openPage(): Promise<Answer> {
    return this.ask('/', { headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' } });
  }

  async ask(path: string, question: Question = {}): Promise<Answer> {
    const response = await this.open(path, question);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  }

  /** @throws if the answer is an error or a redirect. */
  async json<T>(path: string, question: Question = {}): Promise<T> {
    const { status, body } = await this.ask(path, question);
    if (status >= 300) throw new Error(`${path} answered ${status}: ${body.toString().slice(0, 300)}`);
    return JSON.parse(body.toString());
  }

  async history(sessionId: string): Promise<HistoryAnswer> {
    return this.json(`/api/chat/history?sessionId=${sessionId}`);
  }

  /** The newest turn of the session. */
  async turn(sessionId: string): Promise<Turn> {
    const last = (await this.history(sessionId)).turns.at(-1);
    if (!last) throw new Error('the session has no turn');
    return last;
  }

  /** Sends a message, and reads its reply in the background. */
  async send(content: string, change: Partial<SendBody> = {}): Promise<ReplyReader> {
    const body = { sessionId: newId(), assistantId: 'assistant', turnId: newId(), content, ...change };
    return new ReplyReader(body, await this.open('/api/chat/stream', { method: 'POST', json: body }));
  }

  async follow({ body }: ReplyReader): Promise<ReplyReader> {
    return new ReplyReader(body, await this.open(turnPath(body)));
  }

  async stop({ body }: ReplyReader): Promise<Turn> {
    return (await this.json<{ turn: Turn }>(turnPath(body), { method: 'DELETE' })).turn;
  }

  /** Resolves with the start of the response. */
  open(path: string, { method = 'GET', headers = {}, json, body }: Question = {}): Promise<IncomingMessage> {
    const bytes = json === undefined ? body : Buffer.from(JSON.stringify(json));
    return new Promise((resolve, reject) => {
      const request = send(new URL(path, this.url), {
        method,
        agent: this.#agent,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          // As a page sends them.
          ...(method !== 'GET' && { origin: this.url, 'sec-fetch-site': 'same-origin' }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...(bytes && { 'content-length': bytes.length }),
          ...(this.#cookies.size > 0 && {
            cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; '),
          }),
          ...headers,
        },
      });
      request.once('error', reject).once('response', (response) => {
        this.#keepCookies(response.headers['set-cookie'] ?? []);
        resolve(response);
      });
      request.end(bytes);
    });
  }

  #keepCookies(lines: string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

const turnPath = ({ sessionId, turnId }: SendBody): string =>
  `/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`;

/** Reads a stream of events. `ended`: `end` after the last event, `cut` if the stream broke off before it. */
export class ReplyReader {
  readonly events: ChatEvent[] = [];
  readonly ended: Promise<'end' | 'cut'>;
  /** When the stream ended. */
  endedAt = 0;
  #change = Promise.withResolvers<void>();

  constructor(
    readonly body: SendBody,
    private readonly response: IncomingMessage,
  ) {
    if (response.statusCode !== 200) throw new Error(`the stream answered ${response.statusCode}`);
    this.ended = this.#read(response);
  }

  get text(): string {
    return this.events.reduce((text, event) => {
      if (event.type === 'turn' || event.type === 'end') return event.turn.reply.content;
      return event.type === 'content' ? text + event.content : text;
    }, '');
  }

  /** The terminal turn. @throws if the stream did not end with one. */
  get turn(): Turn {
    const last = this.events.at(-1);
    if (last?.type !== 'end') throw new Error(`the last event is ${last?.type ?? 'missing'}`);
    return last.turn;
  }

  /** Resolves once the reply contains the text. @throws if the stream ends first. */
  async hasText(text: string): Promise<void> {
    let hasEnded = false;
    void this.ended.then(() => {
      hasEnded = true;
      this.#change.resolve();
    });
    while (!this.text.includes(text)) {
      if (hasEnded) throw new Error(`the stream ended without “${text}”: ${this.text}`);
      await this.#change.promise;
    }
  }

  /** Disconnects, as if the browser tab were closed. */
  leave(): void {
    this.response.destroy();
  }

  async #read(response: IncomingMessage): Promise<'end' | 'cut'> {
    const decoder = createEventDecoder();
    try {
      for await (const bytes of response) {
        for (const decoded of decoder.push(bytes))
          if (decoded.kind === 'event') this.events.push(decoded.event);
        this.#change.resolve();
        this.#change = Promise.withResolvers();
      }
    } catch {
      // The connection broke: what is missing then is the last event.
    }
    this.endedAt = Date.now();
    return this.events.at(-1)?.type === 'end' ? 'end' : 'cut';
  }
}
