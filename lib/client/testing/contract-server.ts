import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ErrorCode, messageOf, statusOf } from '@/lib/chat/errors';
import { encodeEvent } from '@/lib/chat/event-codec';
import type { ChatEvent } from '@/lib/chat/events';
import type { Session } from '@/lib/chat/session';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { HealthAnswer, SendBody, SessionChange } from '@/lib/chat/wire';
import { createContractHistory } from './contract-history';

interface Seen {
  /** `METHOD /path` */
  what: string;
  query: URLSearchParams;
  body: SendBody & SessionChange;
  /** Of the body. */
  bytes: number;
}

type Answer = (response: ServerResponse) => void;

/**
 * A server that speaks the HTTP contract over real sockets and keeps everything in memory. The test decides when a
 * reply grows and ends, when an answer is held back, and when a connection is cut.
 */
export async function startContractServer() {
  const past = createContractHistory();
  const readers = new Map<string, Set<ServerResponse>>();
  const requests: Seen[] = [];
  const waiters = new Set<() => void>();
  const overrides: { match: (seen: Seen) => boolean; answer: (seen: Seen) => Answer }[] = [];

  const readersOf = (turnId: string) => readers.get(turnId) ?? new Set<ServerResponse>();
  const tell = (turnId: string, event: ChatEvent) => {
    for (const response of readersOf(turnId)) response.write(encodeEvent(event));
  };
  const given = (turnId: string) => {
    const found = past.find(turnId);
    if (!found) throw new Error(`The test speaks of a turn that was not sent: ${turnId}`);
    return found;
  };
  function finish(turnId: string, status: Turn['status'] = 'done'): Turn {
    const { sessionId, turn } = given(turnId);
    const ended = past.replace(sessionId, { ...turn, status });
    tell(turnId, { type: 'end', sessionId, turn: ended });
    for (const response of readersOf(turnId)) response.end();
    return ended;
  }

  const listen =
    (turnId: string): Answer =>
    (response) => {
      const { sessionId, turn } = given(turnId);
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(encodeEvent({ type: 'turn', turn }));
      if (isLive(turn)) {
        readers.set(turnId, readersOf(turnId).add(response));
        response.on('close', () => readersOf(turnId).delete(response));
      } else {
        response.end(encodeEvent({ type: 'end', sessionId, turn }));
      }
    };

  const routes: Record<string, (seen: Seen, id: string) => Answer> = {
    'POST /api/chat/stream'({ body }) {
      const isKnown = past.find(body.turnId) !== undefined;
      const activeTurnId = past.activeTurn(body.sessionId);
      if (!isKnown && activeTurnId !== null) return error('turn_in_progress', { activeTurnId });
      if (!isKnown) past.begin(body);
      return listen(body.turnId);
    },
    'GET /api/chat/stream': ({ query }) =>
      past.find(query.get('turnId') ?? '') ? listen(query.get('turnId') ?? '') : error('not_found'),
    'DELETE /api/chat/stream': ({ query }) => json({ turn: finish(query.get('turnId') ?? '', 'stopped') }),
    'GET /api/chat/history': ({ query }) =>
      json(past.history(query.get('sessionId') ?? '', Number(query.get('limit')), query.get('before'))),
    'DELETE /api/chat/history'({ query }) {
      past.clear(query.get('sessionId') ?? '');
      return json({ undoUntil: 0 });
    },
    'GET /api/chat/sessions': ({ query }) =>
      json(past.sessions(query.get('assistantId'), Number(query.get('limit')))),
    'PATCH /api/chat/sessions/:id': ({ body }, id) => answerWith(past.change(id, body)),
    'DELETE /api/chat/sessions/:id'(_, id) {
      past.remove(id);
      return json({ undoUntil: 0 });
    },
    'POST /api/chat/sessions/:id/restore': (_, id) => answerWith(past.restore(id)),
    'DELETE /api/chat/turns/:id'(_, id) {
      past.removeTurn(id);
      return json({ undoUntil: 0 });
    },
    'POST /api/chat/turns/:id/restore'(_, id) {
      past.restoreTurn(id);
      return json({ turn: past.find(id)?.turn });
    },
    'POST /api/images': ({ bytes }) =>
      json({ id: `image-${bytes}`, type: 'image/png', width: bytes, height: 1, bytes }, 201),
    'GET /api/health': () =>
      json({
        status: 'ok',
        version: '0',
        store: { driver: 'sqlite', durable: true, ok: true, latencyMs: 0 },
        models: { configured: [], demo: true },
      } satisfies HealthAnswer),
    'GET /api/models': () => json({ models: [], default: 'demo:demo' }),
  };

  const routeOf = (seen: Seen): Answer => {
    const [, id = ''] = ONE_THING.exec(seen.what) ?? [];
    const pattern = id === '' ? seen.what : seen.what.replace(id, ':id');
    return routes[pattern]?.(seen, id) ?? error('not_found');
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    const url = new URL(request.url ?? '/', 'http://local');
    const what = `${request.method} ${url.pathname}`;
    const seen: Seen = { what, query: url.searchParams, body: bodyOf(request, bytes), bytes: bytes.length };
    requests.push(seen);
    for (const wake of [...waiters]) wake();
    const index = overrides.findIndex(({ match }) => match(seen));
    const [override] = index < 0 ? [] : overrides.splice(index, 1);
    (override ? override.answer(seen) : routeOf(seen))(response);
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const seen = (what: string) => requests.filter((one) => one.what === what);
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The requests that came, by `METHOD /path`. */
    seen,
    /** Resolves once `count` such requests have come. */
    whenSeen: (what: string, count = 1) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (seen(what).length < count) return;
          waiters.delete(check);
          resolve();
        };
        waiters.add(check);
        check();
      }),
    pathOf: past.pathOf,
    /** A conversation as it was before the page came; the ids of its turns, oldest first. */
    given: (sessionId: string, assistantId: string, contents: readonly string[]): string[] =>
      contents.map((content, index) => {
        const turnId = `${sessionId}-${index}`;
        past.begin({ sessionId, assistantId, turnId, content });
        return finish(turnId).id;
      }),
    begin: past.begin,
    write(turnId: string, content: string): void {
      const { sessionId, turn } = given(turnId);
      past.replace(sessionId, { ...turn, reply: { ...turn.reply, content: turn.reply.content + content } });
      tell(turnId, { type: 'content', content });
    },
    finish,
    /** Breaks every connection that reads this turn. */
    cut(turnId: string): void {
      for (const response of readersOf(turnId)) response.destroy();
    },
    readers: (turnId: string) => readersOf(turnId).size,
    /** The next such request is answered with this error. */
    refuse: (what: string, code: ErrorCode, fields: Record<string, unknown> = {}) =>
      void overrides.push({ match: matching(what), answer: () => error(code, fields) }),
    /** The next such request breaks without an answer. */
    drop: (what: string) =>
      void overrides.push({
        match: matching(what),
        answer: () => (response) => void response.destroy(),
      }),
    /** The next such request waits until the returned function is called, and is worked on only then. */
    hold(what: string, sessionId?: string): () => void {
      const gate = Promise.withResolvers<void>();
      overrides.push({
        match: matching(what, sessionId),
        answer: (seen) => (response) => void gate.promise.then(() => routeOf(seen)(response)),
      });
      return gate.resolve;
    },
    /** The next such request is worked on at once, but its answer travels until the returned function is called. */
    delay(what: string, sessionId?: string): () => void {
      const gate = Promise.withResolvers<void>();
      overrides.push({
        match: matching(what, sessionId),
        answer(seen) {
          const answer = routeOf(seen);
          return (response) => void gate.promise.then(() => answer(response));
        },
      });
      return gate.resolve;
    },
    /** Says anything at all on the connections that read this turn. */
    say: tell,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export type ContractServer = Awaited<ReturnType<typeof startContractServer>>;

const matching =
  (what: string, sessionId?: string) =>
  (seen: Seen): boolean =>
    seen.what === what && (sessionId === undefined || seen.query.get('sessionId') === sessionId);

const bodyOf = ({ headers }: IncomingMessage, bytes: Buffer) =>
  headers['content-type'] === 'application/json' ? JSON.parse(bytes.toString()) : {};

const ONE_THING = /\/api\/chat\/(?:sessions|turns)\/([^/]+)/;

const answerWith = (session: Session | undefined): Answer =>
  session ? json({ session }) : error('not_found');

const json =
  (body: unknown, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const error = (code: ErrorCode, fields: Record<string, unknown> = {}): Answer =>
  json({ error: { code, message: messageOf(code), ...fields } }, statusOf(code));
