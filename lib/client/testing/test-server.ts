import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { messageOf, statusOf } from '@/lib/chat/chat-error';
import type { ErrorCode } from '@/lib/chat/errors';
import { encodeEvent } from '@/lib/chat/event-codec';
import type { ChatEvent } from '@/lib/chat/events';
import { titleOf } from '@/lib/chat/text/plain-line';
import { startTurn, type Turn } from '@/lib/chat/turn';
import type { ImageAnswer, SendBody, SessionChange } from '@/lib/chat/wire';
import { cookieName, type Guest, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import { storeUpload } from '@/lib/server/images/store-upload';
import { aPng } from '@/lib/server/images/testing/sample-images';
import type { Services } from '@/lib/server/services';
import type { TurnRef } from '@/lib/server/store/store';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { provideServices } from '@/lib/server/testing/provide-services';
import { loadRouteHandlers } from './route-handlers';
import { createScriptedModel } from './scripted-model';

/** The models of the test server, the default one first. */
export const MODELS = ['openai:gpt-5.4', 'openai:gpt-4.1'] as const;

interface ReceivedRequest {
  /** `METHOD /path` */
  route: string;
  url: URL;
  query: URLSearchParams;
  method: string;
  contentType: string | undefined;
  bytes: Buffer;
  /** The JSON body; empty for any other. */
  body: SendBody & SessionChange;
}

type Send = (response: ServerResponse) => void;

/**
 * The server itself, over real sockets: its route handlers, a store in memory, one guest, and a model whose
 * replies the test writes. A test can also hold an answer, refuse a request, and cut a connection.
 */
export async function startTestServer() {
  const findHandler = await loadRouteHandlers();
  const script = createScriptedModel();
  const services = await openTestServices({
    OPENAI_API_KEY: 'unused',
    OPENAI_MODELS: MODELS.map((id) => id.replace('openai:', '')).join(','),
  });
  services.catalog = { ...services.catalog, languageModel: () => script.model };
  provideServices(services);
  const guest = newGuest(Date.now());
  const { owner } = guest;
  const [secret] = await services.secret.secrets();
  const cookieOf = (of: Guest) => `${cookieName(secret, false)}=${signGuest(of, secret)}`;
  let cookie = cookieOf(guest);

  /** Stored turns are a minute old and each a millisecond apart, so that sessions have an order. */
  let storedAt = Date.now() - 60_000;

  const turns = new Map<string, TurnRef>();
  const readers = new Map<string, Set<ServerResponse>>();
  const requests: ReceivedRequest[] = [];
  const waiters = new Set<() => void>();
  const faults: { matches: (request: ReceivedRequest) => boolean; answer: (r: ReceivedRequest) => Send }[] =
    [];

  const readersOf = (turnId: string) => readers.get(turnId) ?? new Set<ServerResponse>();

  function refOf(turnId: string): TurnRef {
    const ref = turns.get(turnId);
    if (!ref) throw new Error(`No turn with this id has begun: ${turnId}`);
    return ref;
  }

  function runOf(turnId: string) {
    const run = services.runs.find(refOf(turnId));
    if (!run) throw new Error(`This turn is not live: ${turnId}`);
    return run;
  }

  /** Calls the route handler, as the framework does. */
  async function handle({ method, url, contentType, bytes, body }: ReceivedRequest): Promise<Response> {
    const request = new Request(url, {
      method,
      headers: { cookie, ...(contentType && { 'content-type': contentType }) },
      ...(method !== 'GET' && bytes.length > 0 && { body: new Uint8Array(bytes) }),
    });
    const handler = findHandler(method, url.pathname);
    if (!handler) return new Response(null, { status: 404 });
    const call = () => handler(request);
    if (method !== 'POST' || url.pathname !== '/api/chat/stream') return call();
    const { sessionId, turnId } = body;
    turns.set(turnId, { owner, sessionId, turnId });
    return script.begin(turnId, call);
  }

  /** The part of an event stream that a proxy holds back until the stream is complete. */
  let heldBack: 'nothing' | 'body' | 'answer' = 'nothing';
  let keepsContentType = true;

  const deliver =
    (answer: Promise<Response>, request: ReceivedRequest): Send =>
    async (response) => {
      const { status, headers, body } = await answer;
      const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
      if (!keepsContentType) headers.delete('content-type');
      if (isStream && body && heldBack !== 'nothing') {
        if (heldBack === 'body') response.writeHead(status, Object.fromEntries(headers)).flushHeaders();
        const bytes = Buffer.from(await new Response(body).arrayBuffer());
        if (!response.headersSent) response.writeHead(status, Object.fromEntries(headers));
        return response.end(bytes);
      }
      response.writeHead(status, Object.fromEntries(headers));
      if (!body) return response.end();
      if (isStream) {
        const turnId = request.body.turnId ?? request.query.get('turnId') ?? '';
        readers.set(turnId, readersOf(turnId).add(response));
        response.on('close', () => readersOf(turnId).delete(response));
      }
      const reader = body.getReader();
      response.on('close', () => void reader.cancel().catch(() => undefined));
      for (let read = await reader.read(); !read.done; read = await reader.read()) response.write(read.value);
      response.end();
    };

  async function receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    requests.push(request);
    for (const check of [...waiters]) check();
    const index = faults.findIndex(({ matches }) => matches(request));
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    const send = fault ? fault.answer(request) : deliver(handle(request), request);
    send(response);
  }

  const server = createServer((message, response) => void receive(message, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const received = (route: string) => requests.filter((request) => request.route === route);
  const addFault = (route: string, answer: (request: ReceivedRequest) => Send, sessionId?: string) =>
    void faults.push({
      matches: (request) =>
        request.route === route && (sessionId === undefined || request.query.get('sessionId') === sessionId),
      answer,
    });

  return {
    /** From now on, requests have no cookie: the browser does not keep it. */
    dropCookie: () => {
      cookie = '';
    },
    /** From now on, requests reach an instance without this browser's data, or the original one again. */
    useInstance: (which: 'own' | 'other') => {
      cookie = cookieOf(which === 'own' ? guest : newGuest(Date.now()));
    },
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The requests to this `METHOD /path`. */
    received,
    /** Resolves once there are `count` such requests. */
    whenReceived: (route: string, count = 1) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (received(route).length < count) return;
          waiters.delete(check);
          resolve();
        };
        waiters.add(check);
        check();
      }),
    /** The newest 200 turns of the path, as they are stored. */
    async path(sessionId: string): Promise<Turn[]> {
      const { turns: page } = await services.store.history({
        owner,
        sessionId,
        limit: 200,
        now: Date.now(),
      });
      return page.map(({ turn }) => turn);
    },
    /** Stores a session of finished turns with empty replies. Returns the ids of the turns, oldest first. */
    async addSession(sessionId: string, assistantId: string, contents: readonly string[]): Promise<string[]> {
      const ids: string[] = [];
      for (const [index, content] of contents.entries()) {
        const turnId = `${sessionId}-${index}`;
        storedAt += 1;
        await storeTurn(services, { owner, sessionId, turnId }, { assistantId, content, now: storedAt });
        ids.push(turnId);
      }
      return ids;
    },
    /** Begins a turn that the page does not know of. */
    async begin(send: SendBody): Promise<void> {
      const url = new URL('http://localhost/api/chat/stream');
      const bytes = Buffer.from(JSON.stringify(send));
      const request = { route: '', url, query: url.searchParams, method: 'POST', bytes, body: send };
      const response = await handle({ ...request, contentType: 'application/json' });
      await response.body?.cancel();
    },
    /** The model adds text to the reply. Resolves once the server has it; the page receives it later. */
    write(turnId: string, text: string): Promise<void> {
      const run = runOf(turnId);
      const length = run.turn.reply.content.length + text.length;
      script.write(turnId, text);
      return new Promise((resolve) => {
        const stop = run.listen(() => {
          if (run.turn.reply.content.length < length) return;
          stop();
          resolve();
        }, resolve);
      });
    },
    /** Stores an image of this width, one pixel high. */
    addImage: (width: number): Promise<ImageAnswer> =>
      storeUpload(services, owner, aPng({ width, height: 1 })),
    /** Ends the reply. Resolves once its terminal turn is stored. */
    async finish(turnId: string, status: 'done' | 'stopped' | 'interrupted' = 'done'): Promise<void> {
      const run = runOf(turnId);
      if (status === 'done') script.end(turnId);
      else run.halt(status);
      await run.ended;
    },
    /** Closes every connection that reads this turn. */
    cut(turnId: string): void {
      for (const response of readersOf(turnId)) response.destroy();
    },
    readers: (turnId: string) => readersOf(turnId).size,
    /** Sends an event on every connection that reads this turn. */
    sendEvent(turnId: string, event: ChatEvent): void {
      for (const response of readersOf(turnId)) response.write(encodeEvent(event));
    },
    /** Answers the next such request with an error. */
    refuse: (route: string, code: ErrorCode, fields: Record<string, unknown> = {}) =>
      addFault(route, () => (response) => {
        response.writeHead(statusOf(code), { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { code, message: messageOf(code), ...fields } }));
      }),
    /** From now on, a proxy holds this much of each event stream back until that is complete. */
    holdBack: (what: typeof heldBack) => {
      heldBack = what;
    },
    /** From now on, a proxy removes the type of every answer. */
    dropContentType: () => {
      keepsContentType = false;
    },
    /**
     * Something in front of the server answers the next such request. With `reaches`, the server gets the request, too.
     */
    intercept: (
      route: string,
      {
        status,
        headers = {},
        body = '',
      }: { status: number; headers?: Record<string, string>; body?: string },
      { reaches = false } = {},
    ) =>
      addFault(route, (request) => async (response) => {
        if (reaches) await (await handle(request)).body?.cancel();
        response.writeHead(status, headers).end(body);
      }),
    /** Closes the connection of the next such request without an answer. */
    drop: (route: string) => addFault(route, () => (response) => void response.destroy()),
    /** Handles the next such request only when the returned function is called. */
    hold(route: string, sessionId?: string): () => void {
      const gate = Promise.withResolvers<void>();
      const answer = (request: ReceivedRequest) =>
        deliver(
          gate.promise.then(() => handle(request)),
          request,
        );
      addFault(route, answer, sessionId);
      return gate.resolve;
    },
    /** Handles the next such request at once, and sends its answer when the returned function is called. */
    delay(route: string, sessionId?: string): () => void {
      const gate = Promise.withResolvers<void>();
      const answer = (request: ReceivedRequest) => {
        const handled = handle(request);
        return deliver(
          gate.promise.then(() => handled),
          request,
        );
      };
      addFault(route, answer, sessionId);
      return gate.resolve;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await services.runs.close({ graceMs: 0, saveMs: 1000 });
      await services.store.close();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

/** Begins a turn and ends it with an empty reply. */
async function storeTurn(
  { store }: Services,
  ref: TurnRef,
  { assistantId, content, now }: { assistantId: string; content: string; now: number },
): Promise<void> {
  const { owner, sessionId, turnId } = ref;
  const lease = { token: turnId, endsAt: now + 1000 };
  const begun = await store.begin({
    owner,
    sessionId,
    turn: startTurn({ id: turnId, assistantId, content, model: MODELS[0], now }),
    lease,
    title: titleOf(content),
    preview: content,
    ttlMs: null,
    contextTurns: 0,
    now,
  });
  if (begun.kind !== 'begun') throw new Error(`The turn did not begin: ${begun.kind}`);
  const turn: Turn = { ...begun.turn, status: 'done' };
  await store.write({ ...ref, ...lease, turn, now });
}

async function readRequest(message: IncomingMessage): Promise<ReceivedRequest> {
  const { method = 'GET', headers } = message;
  const bytes = await buffer(message);
  const url = new URL(message.url ?? '/', `http://${headers.host}`);
  const contentType = headers['content-type'];
  const body = contentType === 'application/json' ? JSON.parse(bytes.toString()) : {};
  return {
    route: `${method} ${url.pathname}`,
    url,
    query: url.searchParams,
    method,
    contentType,
    bytes,
    body,
  };
}
