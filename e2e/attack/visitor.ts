import { v7 as newId } from 'uuid';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { ask, finish, open, type Question, type Reply } from './http-client';
import type { Secrets } from './secrets';

/** A guest with a cookie jar, over plain HTTP: a program, or a page if it sends a page's headers. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    readonly secrets: Secrets,
    readonly headers: Record<string, string> = {},
  ) {}

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Opens the page, which gives the visitor a cookie. */
  async visit(): Promise<Reply> {
    return this.ask('/', { headers: { accept: 'text/html' } });
  }

  async ask(path: string, question: Question = {}): Promise<Reply> {
    const reply = await ask(this.url + path, { ...question, headers: this.#headers(question) });
    this.#keepCookies(reply.headers['set-cookie']);
    return reply;
  }

  /** Sends a message to a new conversation and reads its reply to the end. */
  async send(content = 'hello', question: Question = {}, sessionId: string = newId()): Promise<Sent> {
    const held = await this.begin(content, question, sessionId);
    return { ...held, reply: await held.whole() };
  }

  /** Sends a message and resolves when the answer begins; the reply may still be running. */
  async begin(content: string, question: Question = {}, sessionId: string = newId()) {
    const body = JSON.stringify({
      sessionId,
      assistantId: 'assistant',
      turnId: newId(),
      content: this.secrets.text(content),
    });
    this.secrets.add('a session id', sessionId);
    const response = await open(`${this.url}/api/chat/stream`, {
      method: 'POST',
      body,
      ...question,
      headers: { 'content-type': 'application/json', ...this.#headers(question) },
    });
    this.#keepCookies(response.headers['set-cookie']);
    return {
      sessionId,
      status: response.statusCode ?? 0,
      headers: response.headers,
      whole: () => finish(response),
      leave: () => response.destroy(),
    };
  }

  async history(sessionId: string, question: Question = {}): Promise<HistoryAnswer> {
    const { body } = await this.ask(`/api/chat/history?sessionId=${sessionId}`, question);
    return JSON.parse(body.toString('utf8'));
  }

  async upload(bytes: Buffer, type = 'application/octet-stream'): Promise<Reply> {
    return this.ask('/api/images', { method: 'POST', body: bytes, headers: { 'content-type': type } });
  }

  #headers({ headers }: Question): Record<string, string> {
    return { ...(this.cookies.size > 0 ? { cookie: this.cookie } : {}), ...this.headers, ...headers };
  }

  #keepCookies(set: readonly string[] = []): void {
    for (const line of set) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (!name || value === undefined) continue;
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
      this.secrets.add('a cookie', value);
    }
  }
}

export interface Sent {
  sessionId: string;
  status: number;
  reply: Reply;
}
