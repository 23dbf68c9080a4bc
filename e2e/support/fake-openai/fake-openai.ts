/**
 * A fake OpenAI-compatible server: the real wire format, named scenarios (`scenarios.ts`), a record of every request,
 * and gates that a test opens one by one instead of sleeping. A scenario is chosen by a marker in the last user
 * message (`[[cut]] hello`) or by the model's name (`fake-cut`); any other model plays `plain`.
 *
 * As a module: `await startFakeOpenAI()`. As a program: `node e2e/support/fake-openai/fake-openai.ts --port 4010`, with
 *   GET  /control/requests?contains=TEXT&atLeast=N   the requests whose last message contains TEXT, once there are N
 *   GET  /control/requests/ID?ended=1                one request, once its connection has ended
 *   POST /control/release {id?, contains?, count?}   releases parts of held replies; without `count`, all that are left
 *   POST /control/reset                              breaks open connections and clears the record
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createReply, type FakeReply, type RecordedRequest, sendRefusal } from './fake-reply.ts';
import { SCENARIOS } from './scenarios.ts';
import { type ChatMessage, textOf } from './script.ts';

export type { RecordedRequest } from './fake-reply.ts';

/** Selects one request by its id, or those whose last user message contains a text. Empty: all requests. */
export interface RequestFilter {
  id?: number;
  contains?: string;
}

export interface FakeOpenAI {
  /** The value for `OPENAI_BASE_URL`. */
  baseUrl: string;
  port: number;
  /** In order of arrival. */
  requests: RecordedRequest[];
  /** Resolves with the request at this index of the record, once it has arrived. */
  request(index: number): Promise<RecordedRequest>;
  /** Resolves once this many requests have arrived whose last user message contains the text. */
  received(contains: string, atLeast?: number): Promise<RecordedRequest[]>;
  /** Resolves when the connection of that request has ended, for whatever reason. */
  ended(id: number): Promise<RecordedRequest>;
  /** Releases `count` parts of held replies, by default all that are left. Returns how many replies were open. */
  release(which?: RequestFilter & { count?: number }): number;
  reset(): void;
  close(): Promise<void>;
}

export async function startFakeOpenAI({ port = 0, host = '127.0.0.1' } = {}): Promise<FakeOpenAI> {
  const requests: RecordedRequest[] = [];
  const open = new Map<RecordedRequest, FakeReply>();
  let lastId = 0;
  let change = Promise.withResolvers<void>();
  function notifyChange(): void {
    change.resolve();
    change = Promise.withResolvers<void>();
  }
  async function until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await change.promise;
    }
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 400, { error: { message: String(error) } });
      else response.destroy();
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;

  const fake: FakeOpenAI = {
    port: bound,
    baseUrl: `http://${host}:${bound}/v1`,
    requests,
    request: (index) => until(() => requests[index]),
    received: (contains, atLeast = 1) =>
      until(() => {
        const found = requests.filter(({ lastUser }) => lastUser.includes(contains));
        return found.length >= atLeast ? found : undefined;
      }),
    ended: (id) => until(() => requests.find((one) => one.id === id && one.state !== 'open')),
    release({ id, contains = '', count = Number.POSITIVE_INFINITY } = {}) {
      const held = [...open].filter(([one]) => (id ?? one.id) === one.id && one.lastUser.includes(contains));
      for (const [, reply] of held) reply.release(count);
      return held.length;
    },
    reset() {
      for (const reply of open.values()) reply.breakOff();
      requests.length = 0;
    },
    async close() {
      fake.reset();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return fake;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', fake.baseUrl);
    if (url.pathname.startsWith('/control/')) return control(url, incoming, response);
    if (url.pathname === '/v1/chat/completions') return complete(incoming, response);
    const models = Object.keys(SCENARIOS).map((name) => `fake-${name}`);
    if (url.pathname === '/v1/models')
      return sendJson(response, 200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
    // Ollama's own model list, which includes models that cannot chat.
    if (url.pathname === '/api/tags')
      return sendJson(response, 200, {
        models: [...models, 'nomic-embed-text'].map((name) => ({ name: `${name}:latest` })),
      });
    sendJson(response, 404, { error: { message: 'no such path' } });
  }

  async function complete(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: Record<string, unknown> = JSON.parse(await textFrom(incoming));
    const messages: ChatMessage[] = Array.isArray(body.messages) ? body.messages : [];
    const lastUser = textOf(messages.findLast(({ role }) => role === 'user')?.content);
    const marker = /^\s*\[\[([\w-]+)\]\]\s*/.exec(lastUser);
    const model = String(body.model);
    const named = marker?.[1] ?? model.replace(/^fake-/, '');
    const scenario = Object.hasOwn(SCENARIOS, named) ? named : 'plain';
    lastId += 1;
    const request: RecordedRequest = {
      id: lastId,
      scenario,
      model,
      messages,
      lastUser,
      body,
      headers: incoming.headers,
      receivedAt: Date.now(),
      state: 'open',
    };
    const reply = createReply(request, response, () => {
      open.delete(request);
      notifyChange();
    });
    requests.push(request);
    open.set(request, reply);
    notifyChange();
    const script = SCENARIOS[scenario];
    if (script && 'refuse' in script) sendRefusal(response, script.refuse(Date.now()));
    else
      await reply.play(script?.play({ messages, lastUser: lastUser.slice(marker?.[0].length ?? 0) }) ?? []);
  }

  async function control(url: URL, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = url.searchParams;
    const [, , action, id] = url.pathname.split('/');
    if (action === 'requests' && id) {
      if (query.has('ended')) await fake.ended(Number(id));
      return sendJson(response, 200, requests.find((one) => one.id === Number(id)) ?? null);
    }
    if (action === 'requests')
      return sendJson(
        response,
        200,
        await fake.received(query.get('contains') ?? '', Number(query.get('atLeast') ?? 0)),
      );
    const given = await textFrom(incoming);
    if (action === 'release')
      return sendJson(response, 200, { open: fake.release(given ? JSON.parse(given) : {}) });
    if (action === 'reset') fake.reset();
    sendJson(response, action === 'reset' ? 200 : 404, {});
  }
}

/** The settings of an app server that uses this fake as its model provider. */
export const fakeModelSettings = (fake: FakeOpenAI): Record<string, string> => ({
  OPENAI_API_KEY: 'sk-test',
  OPENAI_BASE_URL: fake.baseUrl,
  OPENAI_MODELS: 'fake-plain,fake-reasoning',
});

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function textFrom(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let text = '';
  for await (const chunk of incoming) text += chunk;
  return text;
}

if (import.meta.main) {
  const named = process.argv.indexOf('--port');
  const fake = await startFakeOpenAI({ port: named > 0 ? Number(process.argv[named + 1]) : 0 });
  console.log(`Fake model server at ${fake.baseUrl}`);
}
