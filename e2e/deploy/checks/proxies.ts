import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { aNewPng } from '@/lib/server/images/testing/sample-images';
import { fakeModelSettings } from '../../support/fake-openai/fake-openai';
import { namedQuestion } from '../../support/fake-openai/named-reply';
import { must } from '../../support/run-checks';
import { type AppServer, startAppServer } from '../../support/servers/app-server';
import {
  type FrontProxy,
  type FrontProxyOptions,
  PROXIES,
  type ProxyKind,
  SITE,
  startFrontProxy,
  WITHOUT_LIMITS,
} from '../../support/servers/front-proxy';
import { RedisServer } from '../../support/servers/redis';
import { BASE_PATH } from '../builds';
import { startCountingForwarder } from '../counting-forwarder';
import type { DeployCheck } from '../deploy-check';
import type { DeployLab } from '../deploy-lab';
import { HttpsClient, type HttpsClientOptions, type HttpsStream } from '../https-client';

const BEHIND_PROXY = { TRUST_PROXY: '1', ALLOWED_HOSTS: SITE };

const portOf = (url: string): number => Number(new URL(url).port);

const isText = ({ type }: { type: string }): boolean => type === 'content';
const isEnd = ({ type }: { type: string }): boolean => type === 'end';

async function proxy(lab: DeployLab, kind: ProxyKind, options: FrontProxyOptions): Promise<FrontProxy> {
  await lab.command(kind);
  await lab.command('openssl');
  const started = await startFrontProxy(kind, options);
  lab.onEnd(() => started.close());
  return started;
}

function client(lab: DeployLab, front: FrontProxy, options?: HttpsClientOptions) {
  const opened = new HttpsClient(front, options);
  lab.onEnd(() => opened.close());
  return opened;
}

async function guest(lab: DeployLab, front: FrontProxy, options?: HttpsClientOptions) {
  const opened = client(lab, front, options);
  const page = await opened.visit();
  must(page.status === 200 && opened.cookies.size > 0, `the page answered ${page.status} without a cookie`);
  return opened;
}

const ask = (who: HttpsClient, content: string, sessionId: string = randomUUID()): Promise<HttpsStream> =>
  who.send({ sessionId, turnId: randomUUID(), content });

/** One server behind the proxy, and the model that it asks. */
async function site(
  lab: DeployLab,
  kind: ProxyKind,
  settings: Record<string, string> = {},
  options: Partial<FrontProxyOptions> = {},
) {
  const model = await lab.model();
  const app = await lab.app({ ...fakeModelSettings(model), ...BEHIND_PROXY, ...settings });
  return { model, app, front: await proxy(lab, kind, { ports: [portOf(app.url)], ...options }) };
}

async function config(lab: DeployLab, kind: ProxyKind): Promise<string> {
  const { front } = await site(lab, kind);
  const { code, output } = await front.check();
  must(code === 0, output);
  must(!/\[warn\]/.test(output), output);
  const location = await new Promise<string>((resolve, reject) => {
    const request = { host: '127.0.0.1', port: front.httpPort, path: '/', headers: { host: SITE } };
    get(request, (answer) => resolve(`${answer.statusCode} ${answer.headers.location}`)).on('error', reject);
  });
  must(location.startsWith('30') && location.includes(` https://${SITE}`), `http answered ${location}`);
  return `the file is valid; http answers ${location}`;
}

async function streaming(lab: DeployLab, kind: ProxyKind, edit?: (file: string) => string): Promise<string> {
  const { model, front } = await site(lab, kind, {}, { edit });
  const who = await guest(lab, front);
  must(who.protocol === 'h2', `the protocol is ${who.protocol}`);
  const question = '[[hold]] streamed';
  const startedAt = performance.now();
  const reply = await ask(who, question);
  const [request] = await model.received(question);
  const headersAt = performance.now();
  model.release({ contains: question, count: 1 });
  await reply.until(isText);
  const firstAt = performance.now();
  must(request?.state === 'open', 'the first text came only when the model had ended');
  model.release({ contains: question });
  must((await reply.until(isEnd)) !== undefined, 'the reply has no end');
  const ms = (from: number, to: number) => `${Math.round(to - from)} ms`;
  return `HTTP/2; headers after ${ms(startedAt, headersAt)}, the first words ${ms(headersAt, firstAt)} after the model wrote them, while it was still writing`;
}

/** nginx without these lines: HTTP/1.0, and every answer closes its connection. */
const oldProtocol = (file: string): string =>
  file.replace('proxy_http_version 1.1;', '').replace('proxy_set_header Connection "";', '');

/** An nginx that compresses replies and is configured to buffer them regardless of the headers. */
const holdingBack = (file: string): string =>
  file.replace(
    'proxy_buffering off;',
    'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering; gzip_types text/event-stream;',
  );

/**
 * e2e/specs/guarantees/proxies.spec.ts tests how the page copes, for which it needs the history meanwhile.
 */
async function holdsBack(lab: DeployLab): Promise<string> {
  const { model, front } = await site(lab, 'nginx', {}, { edit: holdingBack });
  const who = await guest(lab, front);
  who.acceptsGzip = true;
  const question = '[[hold]] held back';
  const sessionId = randomUUID();
  const reply = ask(who, question, sessionId);
  await model.received(question);
  model.release({ contains: question, count: 2 });
  const isInHistory = async () =>
    (await who.request('GET', `/api/chat/history?sessionId=${sessionId}`)).text.includes('part1 part2');
  while (!(await isInHistory())) await pause(50);
  let hasText = false;
  void reply
    .then((stream) => stream.until(isText))
    .then(() => {
      hasText = true;
    });
  await isInHistory();
  must(!hasText, 'this nginx does not hold replies back, so the check shows nothing');
  model.release({ contains: question });
  must((await (await reply).until(isEnd)) !== undefined, 'the reply has no end');
  return 'nginx holds the reply back; the history has its text meanwhile; the whole reply arrives at its end';
}

const REQUESTS = 40;
/** Around the 5 s after which Node closes an idle connection, s. */
const IDLE_S = [4.2, 4.8, 5, 5.3, 6, 6.4];

async function keepAlive(lab: DeployLab, kind: ProxyKind): Promise<string> {
  const model = await lab.model();
  const app = await lab.app({ ...fakeModelSettings(model), ...BEHIND_PROXY });
  const counted = await startCountingForwarder(portOf(app.url));
  lab.onEnd(() => counted.close());
  const front = await proxy(lab, kind, { ports: [counted.port] });
  const who = await guest(lab, front);
  const before = counted.connections;
  for (let n = 0; n < REQUESTS; n += 1) {
    const { status } = await who.request('GET', '/api/chat/sessions?limit=1');
    must(status === 200, `request ${n} answered ${status}`);
  }
  const used = counted.connections - before;
  must(used <= 4, `${REQUESTS} requests took ${used} connections`);
  for (const seconds of IDLE_S) {
    await pause(seconds * 1000);
    const reply = await ask(who, `after ${seconds} s`);
    must(reply.status === 200, `a send after ${seconds} s answered ${reply.status}`);
    must((await reply.until(isEnd)) !== undefined, `the reply after ${seconds} s has no end`);
  }
  return `${REQUESTS} requests over ${used} new connections; sends after ${IDLE_S.join(', ')} s of silence arrived`;
}

const SHORT_TIMEOUT_S = 20;
const SILENCE_MS = 38_000;

/** The time-out for silent connections, made shorter than the silence of the model. */
const SHORTENED: Record<ProxyKind, (file: string) => string> = {
  nginx: (file) => file.replace('proxy_read_timeout 60s', `proxy_read_timeout ${SHORT_TIMEOUT_S}s`),
  caddy: (file) => file.replace('keepalive 4s', `keepalive 4s\n\t\t\tread_timeout ${SHORT_TIMEOUT_S}s`),
};

async function silence(lab: DeployLab, kind: ProxyKind): Promise<string> {
  const { model, front } = await site(lab, kind, {}, { edit: SHORTENED[kind] });
  const who = await guest(lab, front);
  const question = '[[hold]] after a long thought';
  const reply = await ask(who, question);
  await model.received(question);
  await pause(SILENCE_MS);
  model.release({ contains: question });
  must((await reply.until(isEnd)) !== undefined, 'the connection was closed');
  return `a model silent for ${SILENCE_MS / 1000} s, behind a time-out of ${SHORT_TIMEOUT_S} s: the reply arrived over the same connection`;
}

/** Random pixels cannot be compressed, so the file is as large as they are. */
const LARGE_PNG = { width: 1600, height: 1500, noise: true };

async function images(lab: DeployLab, kind: ProxyKind): Promise<string> {
  const { front } = await site(lab, kind);
  const who = await guest(lab, front);
  const body = aNewPng(LARGE_PNG);
  const headers = { 'content-type': 'image/png' };
  const sent = await who.request('POST', '/api/images', { body, headers });
  must(
    sent.status === 200 || sent.status === 201,
    `${body.length} bytes: ${sent.status} ${sent.text.slice(0, 200)}`,
  );
  const { id } = JSON.parse(sent.text);
  const read = await who.request('GET', `/api/images/${id}`);
  must(read.status === 200, `the image answered ${read.status}`);
  const huge = await who.request('POST', '/api/images', { body: Buffer.alloc(12 << 20), headers });
  must(huge.status === 413, `12 MB answered ${huge.status}`);
  return `${(body.length / 1e6).toFixed(1)} MB uploaded and read; 12 MB answered 413`;
}

async function forwarded(lab: DeployLab, kind: ProxyKind): Promise<string> {
  const { model, front } = await site(lab, kind, { CONNECTIONS_PER_ADDRESS: '2' });
  const lying = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'evil.example',
  };
  const one = await guest(lab, front, { address: '127.0.0.2', headers: lying });
  const [cookie = ''] = [...one.cookies.keys()];
  must(cookie.startsWith('__Host-'), `the cookie over https is ${cookie}`);
  const held = [await ask(one, '[[hold]] first'), await ask(one, '[[hold]] second')];
  must(
    held.every(({ status }) => status === 200),
    `two replies at once answered ${held.map(({ status }) => status)}`,
  );
  const third = await one.request('GET', '/api/chat/sessions');
  must(third.status === 429, `a third request of the same address answered ${third.status}`);
  const other = await guest(lab, front, { address: '127.0.0.3' });
  const from = await other.request('GET', '/api/chat/sessions');
  must(from.status === 200, `another address answered ${from.status}`);
  model.release();
  await Promise.all(held.map((reply) => reply.until(isEnd)));
  return `cookie ${cookie.replace(/_[0-9a-f]+$/, '_…')}; the limit of 127.0.0.2 is its own, whatever it claims to be; 127.0.0.3 is served`;
}

async function underPath(lab: DeployLab, kind: ProxyKind): Promise<string> {
  const model = await lab.model();
  const { root } = await lab.build('base-path');
  const app = await startAppServer({ ...fakeModelSettings(model), ...BEHIND_PROXY, BASE_PATH }, { root });
  lab.onEnd(() => app.dispose());
  const edit = (file: string) =>
    file
      .replace('location / {', `location ${BASE_PATH} {`)
      .replace('reverse_proxy ', `reverse_proxy ${BASE_PATH}* `);
  const front = await proxy(lab, kind, { ports: [portOf(app.url)], edit });
  const who = await guest(lab, front, { base: BASE_PATH });
  const reply = await ask(who, 'under a path');
  must((await reply.until(isEnd)) !== undefined, `a send under ${BASE_PATH} answered ${reply.status}`);
  const outside = await client(lab, front).request('GET', '/api/health/live');
  must(outside.status !== 200 || outside.text === '', `outside of ${BASE_PATH} it answers ${outside.status}`);
  return `the page and a reply under ${BASE_PATH}; outside of it the server is not asked`;
}

const CLIENTS = 12;
/** Longer than a restart of both servers takes. */
const PACE_MS = 40;

async function rollingRestart(lab: DeployLab, kind: ProxyKind): Promise<string> {
  const model = await lab.model();
  const redis = await RedisServer.start({ appendOnly: true });
  lab.onEnd(() => redis.close());
  const settings = {
    ...fakeModelSettings(model),
    ...BEHIND_PROXY,
    REDIS_URL: redis.url,
    ...WITHOUT_LIMITS,
  };
  const servers: AppServer[] = [await lab.app(settings), await lab.app(settings)];
  const front = await proxy(lab, kind, { ports: servers.map(({ url }) => portOf(url)) });
  const guests: HttpsClient[] = [];
  for (let n = 0; n < CLIENTS; n += 1) guests.push(await guest(lab, front));

  const end = new AbortController();
  const sent: { who: HttpsClient; sessionId: string; turnId: string; content: string }[] = [];
  const refused: number[] = [];
  let cuts = 0;
  async function talk(who: HttpsClient, n: number): Promise<void> {
    const sessionId = randomUUID();
    for (let turn = 0; !end.signal.aborted; turn += 1) {
      const content = namedQuestion({
        name: `g${n}t${turn}`,
        reasoningEvents: 2,
        contentEvents: 30,
        pace: PACE_MS,
      });
      const message = { sessionId, turnId: randomUUID(), content };
      sent.push({ who, ...message });
      // Sends the same turn again until the server has it, as the page does.
      for (;;) {
        const reply = await who.send(message);
        if (reply.status === 200) {
          if (!(await reply.until(isEnd))) cuts += 1;
          break;
        }
        refused.push(reply.status);
        await pause(300);
      }
    }
  }
  const talking = guests.map(talk);
  await pause(2_000);
  for (const server of servers) {
    const exited = server.exited();
    await server.stop('SIGTERM');
    must((await exited) === 0, 'a server did not exit with 0');
    await server.start();
    await pause(2_500);
  }
  end.abort();
  await Promise.all(talking);

  const lost: string[] = [];
  for (const who of guests) {
    const own = sent.filter((message) => message.who === who);
    const { text } = await who.request('GET', `/api/chat/history?limit=200&sessionId=${own[0]?.sessionId}`);
    const turns: { id: string; status: string; reply: { content: string } }[] = JSON.parse(text).turns;
    for (const { turnId, content } of own) {
      const turn = turns.find(({ id }) => id === turnId);
      const words = turn?.reply.content.match(/!\d+/g)?.length ?? 0;
      if (turn?.status !== 'done' || words !== 30)
        lost.push(`${content}: ${turn?.status}, ${words} of 30 words`);
    }
    must(turns.length === own.length, `${turns.length} turns are stored of ${own.length} sent`);
  }
  must(lost.length === 0, lost.slice(0, 10).join('\n'));
  // Caddy does not retry a send that was in flight when its server stopped; the page does.
  const passing = kind === 'nginx' ? [] : [502, 503];
  const others = refused.filter((status) => !passing.includes(status));
  must(others.length === 0, `sends were answered ${others.join(', ')}`);
  return `${sent.length} messages of ${CLIENTS} guests while both servers were restarted one after the other: all kept, all replies whole; ${refused.length} sends answered ${[...new Set(refused)].join(', ') || 'with an error'} and repeated, ${cuts} connections cut`;
}

const KINDS: Record<string, { promise: string; run: (lab: DeployLab, kind: ProxyKind) => Promise<string> }> =
  {
    config: { promise: 'the file in deploy is valid, and http leads to https', run: config },
    streaming: {
      promise: 'a reply arrives over HTTP/2 as the model writes it',
      run: (lab, kind) => streaming(lab, kind),
    },
    'keep-alive': {
      promise: 'connections to the server are used again, and none that is closing',
      run: keepAlive,
    },
    silence: { promise: 'a silent model outlives the time-out of the proxy', run: silence },
    images: { promise: 'an image of several MB passes, a larger one than allowed is refused', run: images },
    forwarded: {
      promise: 'the client’s address, https and the name arrive, and cannot be forged',
      run: forwarded,
    },
    'base path': { promise: 'the site can be under a path of its own', run: underPath },
    'rolling restart': {
      promise: 'restarting two servers one after the other loses nothing',
      run: rollingRestart,
    },
  };

const ONLY_NGINX: DeployCheck[] = [
  {
    name: 'nginx http/1.0',
    promise: 'a reply is streamed over HTTP/1.0 to the server, too',
    run: (lab) => streaming(lab, 'nginx', oldProtocol),
  },
  {
    name: 'nginx held back',
    promise: 'while a proxy holds a reply back, the history has it',
    run: holdsBack,
  },
];

/** nginx and Caddy in front, with the files of `deploy`. */
export const proxies: DeployCheck[] = [
  ...PROXIES.flatMap((kind) =>
    Object.entries(KINDS).map(([name, { promise, run }]) => ({
      name: `${kind} ${name}`,
      promise,
      run: (lab: DeployLab) => run(lab, kind),
    })),
  ),
  ...ONLY_NGINX,
];
