import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { v7 as newId } from 'uuid';
import type { AppServer } from '../../support/servers/app-server';
import { type Attack, every, finding, same, until } from '../attack';
import type { AttackLab } from '../attack-lab';
import { AttackerSite } from '../attacker-site';
import { ask, sendRaw, statusIn } from '../http-client';

/** Hostile requests, and their traces in the log. */
export const requests: Attack[] = [
  {
    row: '10',
    attempt: '/_next/image fetches and resizes pictures for anybody',
    expected: '404 or 400 for a local, a remote and an absolute address',
    control: 'the picture itself is served',
    run: imageOptimizer,
  },
  {
    row: '14',
    attempt: 'Paths that cannot be decoded: %ff, %c0%af, %00, %',
    expected: '400 or 404, no stack in the log',
    control: 'a path with %20 is simply not found, and the log of a real failure is read',
    run: oddPaths,
  },
  {
    row: '14',
    attempt: 'TRACE, CONNECT and a made-up method',
    expected: 'refused with 4xx or closed, no stack in the log',
    control: 'GET on the same connection form is answered',
    run: oddMethods,
  },
  {
    row: '14',
    attempt: 'An upload that is broken off half-way',
    expected: 'not logged as a failure of ours',
    control: 'the whole upload is answered',
    run: abortedUpload,
  },
  {
    row: '14',
    attempt: 'The store fails while a conversation is renamed',
    expected: 'the log names the route, not the session id',
    control: 'the failure itself is logged',
    run: sessionIdInLog,
  },
  {
    row: '14',
    attempt: 'The model server redirects to another server (301, 307, 308)',
    expected: 'the other server gets nothing',
    control: 'without the redirect the model gets the message',
    run: redirectedModel,
  },
  {
    row: '15',
    attempt: 'Bodies and headers at one byte a second',
    expected: 'closed or refused within 40 s',
    control: 'the same body at once is answered',
    run: slowBodies,
  },
  {
    row: 'held',
    attempt: 'Request smuggling: two lengths, length and chunked, a bare line feed, a folded header',
    expected: '400 or closed; never two answers',
    control: 'two requests in a row on one connection give two answers',
    run: smuggling,
  },
];

async function imageOptimizer(lab: AttackLab) {
  const app = await lab.app();
  const attacker = `http://127.0.0.1:${lab.attacker.port}/beacon.png`;
  const before = lab.attacker.hits.length;
  const seen = await Promise.all(
    ['/icon.svg', '/apple-icon.png', attacker].map(async (url) => {
      const { status } = await ask(`${app.url}/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`);
      return { of: url, ...finding(status === 404 || status === 400, String(status)) };
    }),
  );
  const fetched = lab.attacker.hits.length - before;
  return {
    attempt: every([...seen, { of: 'fetched', ...finding(fetched === 0, String(fetched)) }], 'refused'),
    control: same(200, (await ask(`${app.url}/apple-icon.png`)).status),
  };
}

/** A server for these rows. The admin token lets a row make it write a log line. */
async function loggedApp(lab: AttackLab, own = '') {
  const token = lab.secrets.make('admin token');
  return { app: await lab.app({ ADMIN_TOKEN: token }, `log ${own}`), token };
}

/**
 * What a server logs because of `work`. A last line is logged on purpose: once it is there, everything before it is,
 * too.
 */
async function logOf(
  { app, token }: { app: AppServer; token: string },
  work: () => Promise<void>,
): Promise<string> {
  const from = app.output().length;
  await work();
  const worked = app.output().length;
  await ask(`${app.url}/api/admin/turns`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: 'new=resume',
  });
  const line = /^.*"event":"new_turns_resumed"/m;
  if (!(await until(() => line.test(app.output().slice(from))))) throw new Error('The log is not written.');
  const written = app.output().slice(from);
  return written.slice(0, Math.max(worked - from, written.search(line)));
}

const STACK = /\n\s+at |Error:.*\n|URIError/;

async function oddPaths(lab: AttackLab) {
  const logged = await loggedApp(lab, 'paths');
  const { app } = logged;
  const paths = [
    '/%ff',
    '/%c0%af',
    '/%00',
    '/%',
    '/a%ffb.css',
    '/api/%ff',
    '/api/images/%ff',
    '/api/chat/sessions/%c0%af',
    '/_next/%ff',
    '/_next/static/%ff',
  ];
  const seen: { of: string; ok: boolean; seen: string }[] = [];
  const log = await logOf(logged, async () => {
    for (const path of paths) {
      const { status } = await ask(app.url + path);
      seen.push({ of: path, ...finding(status >= 400 && status < 500, String(status)) });
    }
  });
  const plain = (await ask(`${app.url}/a%20b`)).status;
  return {
    attempt: every(
      [...seen, { of: 'log', ...finding(!STACK.test(log), log.slice(0, 120)) }],
      `${paths.length} paths refused`,
    ),
    control: finding(plain === 404 && STACK.test('Error: x\n    at y'), String(plain)),
  };
}

async function oddMethods(lab: AttackLab) {
  const logged = await loggedApp(lab, 'methods');
  const { app } = logged;
  const { host } = new URL(app.url);
  const raw = (line: string) =>
    sendRaw(app.url, `${line} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`, 3_000);
  const seen: { of: string; ok: boolean; seen: string }[] = [];
  const log = await logOf(logged, async () => {
    for (const line of [
      'TRACE /',
      'TRACE /api/models',
      'CONNECT evil.test:443',
      'TRACK /',
      'BREW /',
      'PROPFIND /api/models',
    ]) {
      const status = statusIn(await raw(line));
      seen.push({
        of: line,
        ...finding(status === 0 || (status >= 400 && status < 500) || status === 501, String(status)),
      });
    }
  });
  return {
    attempt: every([...seen, { of: 'log', ...finding(!STACK.test(log), log.slice(0, 120)) }], 'refused'),
    control: same(200, statusIn(await raw('GET /api/models'))),
  };
}

async function abortedUpload(lab: AttackLab) {
  const logged = await loggedApp(lab, 'uploads');
  const { app } = logged;
  const visitor = await lab.visitor(app);
  const { host, hostname, port } = new URL(app.url);
  let begun = 0;
  const log = await logOf(logged, async () => {
    for (const path of ['/api/images', '/api/chat/stream']) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncookie: ${visitor.cookie}\r\ncontent-type: application/json\r\ncontent-length: 100000\r\nexpect: 100-continue\r\n\r\n`,
      );
      // The server says so when it has begun with the request.
      const [answer] = await once(socket, 'data');
      if (String(answer).startsWith('HTTP/1.1 100')) begun += 1;
      await new Promise((resolve) => socket.write('x'.repeat(500), resolve));
      socket.destroy();
      await once(socket, 'close');
    }
  });
  const whole = (await visitor.upload(Buffer.from('no image'))).status;
  return {
    attempt: finding(!/internal|"level":"error"|"level":50/.test(log), log.slice(0, 160) || 'nothing logged'),
    control: finding(begun === 2 && whole === 415, `${begun} begun; ${whole}`),
  };
}

async function sessionIdInLog(lab: AttackLab) {
  const app = await lab.app({}, 'broken store');
  const visitor = await lab.visitor(app);
  const { sessionId } = await visitor.send('broken');
  const file = join(app.dataDir, 'confab.sqlite');
  // The write-ahead log could repair the file, so empty it first.
  const db = new DatabaseSync(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  await writeFile(`${file}.bad`, 'not a database, but long enough to have a header'.repeat(100));
  await rename(file, `${file}.good`);
  await rename(`${file}.bad`, file);
  const from = app.output().length;
  const headers = { 'content-type': 'application/json' };
  const answers = [
    await visitor.ask(`/api/chat/sessions/${sessionId}`, { method: 'PATCH', headers, body: '{"title":"x"}' }),
    await visitor.ask(`/api/chat/turns/${sessionId}?sessionId=${sessionId}`, { method: 'DELETE' }),
    await visitor.ask(`/api/images/${sessionId}`),
  ];
  await rename(`${file}.good`, file);
  const failed = answers.filter(({ status }) => status === 503).length;
  const logged = () => app.output().slice(from);
  const lines = () => logged().split('"event":"request_failed"').length - 1;
  await until(() => lines() >= failed);
  return {
    attempt: finding(
      !logged().includes(sessionId),
      logged().includes(sessionId) ? 'the id is in the log' : 'not in the log',
    ),
    control: finding(failed === 3 && lines() === 3, `${failed} failed, ${lines()} logged`),
  };
}

async function redirectedModel(lab: AttackLab) {
  const elsewhere = await AttackerSite.start();
  const attempts = [];
  for (const status of [301, 307, 308]) {
    lab.attacker.handle(`/v${status}/chat/completions`, (_, response) =>
      response.writeHead(status, { location: `http://127.0.0.1:${elsewhere.port}/taken` }).end(),
    );
    const app = await lab.app({ OPENAI_BASE_URL: `http://127.0.0.1:${lab.attacker.port}/v${status}` });
    await (await lab.visitor(app)).send('for the model only');
    const arrived = lab.attacker.hits.filter((hit) => hit.includes(`/v${status}/`)).length;
    const taken = elsewhere.hits.splice(0).length;
    attempts.push({
      of: String(status),
      ...finding(taken === 0 && arrived > 0, `${taken} of ${arrived} followed`),
    });
  }
  await elsewhere.close();
  const mark = newId();
  await (await lab.visitor(await lab.app())).send(mark);
  return {
    attempt: every(attempts, 'not followed'),
    control: finding(lab.asked(mark) === 1, `asked ${lab.asked(mark)} time`),
  };
}

const SLOW_LIMIT_MS = 40_000;

async function slowBodies(lab: AttackLab) {
  const app = await lab.app();
  const visitor = await lab.visitor(app);
  const { host } = new URL(app.url);
  const body = JSON.stringify({
    sessionId: newId(),
    assistantId: 'assistant',
    turnId: newId(),
    content: 'slow '.repeat(40),
  });
  const head = `host: ${host}\r\ncookie: ${visitor.cookie}\r\ncontent-type: application/json\r\n`;
  const slow = await Promise.all([
    drip(app.url, `POST /api/chat/stream HTTP/1.1\r\n${head}content-length: ${body.length}\r\n\r\n`, body),
    drip(app.url, `POST /api/images HTTP/1.1\r\n${head}content-length: 4000\r\n\r\n`, 'x'.repeat(4000)),
    drip(
      app.url,
      `POST /api/chat/stream HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\n`,
      '1\r\nx\r\n'.repeat(500),
    ),
    drip(app.url, 'GET / HTTP/1.1\r\n', `host: ${host}\r\n${'x-a: b\r\n'.repeat(100)}`),
  ]);
  const whole = await visitor.ask('/api/chat/stream', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return {
    attempt: every(
      slow.map((ms, n) => ({
        of: `slow ${n + 1}`,
        ...finding(ms < SLOW_LIMIT_MS, `${Math.round(ms / 1000)} s`),
      })),
      `closed after ${slow.map((ms) => Math.round(ms / 1000)).join(', ')} s`,
    ),
    control: same(200, whole.status),
  };
}

/** How long the server keeps a request open that arrives at a byte a second. */
function drip(url: string, head: string, body: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const from = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(head));
    let sent = 0;
    const timer = setInterval(() => {
      socket.write(body[sent % body.length] ?? 'x');
      sent += 1;
      if (performance.now() - from > SLOW_LIMIT_MS + 2_000) socket.destroy();
    }, 1_000);
    // An answer counts like a closed connection: the server reads no more.
    socket.on('data', () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('end', () => socket.destroy());
    socket.once('close', () => {
      clearInterval(timer);
      resolve(performance.now() - from);
    });
  });
}

async function smuggling(lab: AttackLab) {
  const app = await lab.app();
  const { host } = new URL(app.url);
  const inner = `GET /api/models HTTP/1.1\r\nhost: ${host}\r\n\r\n`;
  const start = `POST /api/chat/stream HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n`;
  const forms = {
    'two lengths': `${start}content-length: 0\r\ncontent-length: ${inner.length}\r\n\r\n${inner}`,
    'length and chunked': `${start}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    'chunked, twice': `${start}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
    'a space before the colon': `${start}content-length : ${inner.length}\r\n\r\n${inner}`,
    'a folded header': `${start}x-a: b\r\n content-length: 3\r\n\r\n${inner}`,
    'a bare line feed': `${start}x-a: b\ncontent-length: 1\r\n\r\n${inner}`,
  };
  const answers = async (text: string) =>
    (await sendRaw(app.url, text, 1_500)).match(/HTTP\/1\.1 \d{3}/g) ?? [];
  const seen = [];
  for (const [name, text] of Object.entries(forms)) {
    const got = await answers(text);
    seen.push({
      of: name,
      ...finding(got.length <= 1 && got.every((one) => / 4\d\d$/.test(one)), got.join(', ')),
    });
  }
  return {
    attempt: every(seen, `${seen.length} forms refused`),
    control: same(2, (await answers(inner + inner)).length),
  };
}
