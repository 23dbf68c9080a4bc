import { createServer } from 'node:http';
import { v7 as newId } from 'uuid';
import { type Attack, every, finding } from '../attack';
import type { AttackLab } from '../attack-lab';
import { ask, type Reply } from '../http-client';

/** The headers of every kind of response. */
const REQUIRED: Record<string, RegExp> = {
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^(no-referrer|same-origin|strict-origin)/,
  'permissions-policy': /camera=\(\)/,
  'cross-origin-opener-policy': /^same-origin/,
  'cross-origin-resource-policy': /^same-(origin|site)$/,
  'content-security-policy': /frame-ancestors 'none'|default-src 'none'/,
};

interface Probe {
  name: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  noStore?: boolean;
}

/** Requests for every kind of response: pages, data, files, refusals and missing addresses. */
function probes(sessionId: string, turnId: string): Probe[] {
  const json = { 'content-type': 'application/json' };
  const id = newId();
  const send = JSON.stringify({
    sessionId: id,
    assistantId: 'assistant',
    turnId: newId(),
    content: 'headers',
  });
  return [
    { name: 'page', path: '/' },
    { name: 'page, HEAD', path: '/', method: 'HEAD' },
    { name: 'page, POST', path: '/', method: 'POST', body: '' },
    { name: 'unknown page', path: '/nothing' },
    { name: 'unknown page with a dot', path: '/nothing.php' },
    { name: 'unknown hidden file', path: '/.env' },
    { name: 'icon', path: '/icon.svg' },
    { name: 'manifest', path: '/manifest.webmanifest' },
    { name: 'unknown static file', path: '/_next/static/chunks/none.js' },
    { name: 'unknown file of the framework', path: '/_next/none' },
    { name: 'image optimizer', path: '/_next/image?url=%2Ficon.svg&w=64&q=75' },
    { name: 'unknown API', path: '/api/none', noStore: true },
    { name: 'unknown API, deeper', path: '/api/chat/none/at/all', noStore: true },
    { name: 'PUT', path: '/api/models', method: 'PUT', body: '' },
    { name: 'OPTIONS', path: '/api/models', method: 'OPTIONS' },
    { name: 'health', path: '/api/health' },
    { name: 'assistants', path: '/api/assistants', noStore: true },
    { name: 'models', path: '/api/models', noStore: true },
    { name: 'sessions', path: '/api/chat/sessions', noStore: true },
    { name: 'history', path: `/api/chat/history?sessionId=${sessionId}`, noStore: true },
    { name: 'history of nothing', path: '/api/chat/history', noStore: true },
    { name: 'send', path: '/api/chat/stream', method: 'POST', headers: json, body: send, noStore: true },
    { name: 'follow', path: `/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`, noStore: true },
    { name: 'follow nothing', path: `/api/chat/stream?sessionId=${id}&turnId=${id}`, noStore: true },
    {
      name: 'rename',
      path: `/api/chat/sessions/${sessionId}`,
      method: 'PATCH',
      headers: json,
      body: '{"title":"t"}',
      noStore: true,
    },
    { name: 'upload of nothing', path: '/api/images', method: 'POST', body: 'x', noStore: true },
    { name: 'unknown image', path: '/api/images/none', noStore: true },
    {
      name: 'access',
      path: '/api/access',
      method: 'POST',
      headers: json,
      body: '{"code":"wrong-code"}',
      noStore: true,
    },
    { name: 'devices', path: '/api/guest', noStore: true },
    { name: 'metrics', path: '/api/metrics', noStore: true },
    { name: 'admin', path: '/admin' },
    { name: 'a path that cannot be decoded', path: '/%ff' },
    { name: 'an API path that cannot be decoded', path: '/api/images/%ff' },
    {
      name: 'another site',
      path: '/api/chat/sessions',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' },
      method: 'POST',
      body: '',
    },
    { name: 'another host', path: '/', headers: { host: 'evil.example' } },
  ];
}

export const headers: Attack[] = [
  {
    row: '13',
    attempt: 'Every kind of response, errors and refusals included, without its headers',
    expected: `each has ${Object.keys(REQUIRED).join(', ')}`,
    control: 'a plain server beside it is found to have none',
    run: everyResponse,
  },
  {
    row: 'absent',
    attempt: 'Every kind of response on https without HSTS',
    expected: 'Strict-Transport-Security of at least half a year',
    control: 'none on http',
    run: hsts,
  },
  {
    row: 'absent',
    attempt: 'Responses with a user’s data, streams included, that a cache may keep',
    expected: 'Cache-Control: no-store',
    control: 'the icon may be kept',
    run: noStore,
  },
  {
    row: '13',
    attempt: 'The page’s policy allows inline scripts or eval',
    expected: 'scripts by nonce, no unsafe-inline, no unsafe-eval; another nonce each time',
    control: 'the same test finds both in a policy that has them',
    run: scriptPolicy,
  },
];

/** The answer to each probe, asked as one visitor. */
export async function probeAll(
  lab: AttackLab,
  settings: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  const app = await lab.app(settings);
  const visitor = await lab.visitor(app, headers);
  const { sessionId } = await visitor.send('headers');
  const turnId = (await visitor.history(sessionId)).turns[0]?.id ?? '';
  const answers: { probe: Probe; reply: Reply }[] = [];
  for (const probe of probes(sessionId, turnId))
    answers.push({ probe, reply: await visitor.ask(probe.path, probe) });
  return answers;
}

const missingIn = ({ headers }: Pick<Reply, 'headers'>): string[] =>
  Object.entries(REQUIRED)
    .filter(([name, pattern]) => !pattern.test(String(headers[name] ?? '')))
    .map(([name]) => name);

async function everyResponse(lab: AttackLab) {
  const answers = await probeAll(lab);
  const plain = createServer((_, response) => response.end('plain')).listen(0, '127.0.0.1');
  await new Promise((resolve) => plain.once('listening', resolve));
  const address = plain.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const bare = missingIn(await ask(`http://127.0.0.1:${port}/`));
  plain.close();
  return {
    attempt: every(
      answers.map(({ probe, reply }) => {
        const missing = missingIn(reply);
        const server = reply.headers.server ?? reply.headers['x-powered-by'];
        const seen = [...missing.map((name) => `no ${name}`), ...(server ? [`says ${server}`] : [])];
        return { of: `${probe.name} (${reply.status})`, ...finding(seen.length === 0, seen.join(', ')) };
      }),
      `${answers.length} responses have all`,
    ),
    control: finding(bare.length === Object.keys(REQUIRED).length, `${bare.length} missing`),
  };
}

async function hsts(lab: AttackLab) {
  const https = await probeAll(lab, { TRUST_PROXY: '1' }, { 'x-forwarded-proto': 'https' });
  const http = await probeAll(lab, { TRUST_PROXY: '1' });
  const hstsIn = ({ headers }: Reply) => String(headers['strict-transport-security'] ?? '');
  const onHttp = http.filter(({ reply }) => hstsIn(reply) !== '').map(({ probe }) => probe.name);
  return {
    attempt: every(
      https.map(({ probe, reply }) => ({
        of: `${probe.name} (${reply.status})`,
        ...finding(
          Number(/max-age=(\d+)/.exec(hstsIn(reply))?.[1] ?? 0) >= 15_552_000,
          hstsIn(reply) || 'none',
        ),
      })),
      `${https.length} responses have it`,
    ),
    control: finding(onHttp.length === 0, onHttp.join(', ') || 'none'),
  };
}

async function noStore(lab: AttackLab) {
  const answers = await probeAll(lab);
  const app = await lab.app();
  const icon = String((await ask(`${app.url}/icon.svg`)).headers['cache-control'] ?? '');
  return {
    attempt: every(
      answers
        .filter(({ probe, reply }) => probe.noStore && reply.status !== 304)
        .map(({ probe, reply }) => {
          const value = String(reply.headers['cache-control'] ?? 'none');
          return { of: `${probe.name} (${reply.status})`, ...finding(/no-store/.test(value), value) };
        }),
      'no-store',
    ),
    control: finding(!/no-store/.test(icon), icon || 'none'),
  };
}

const weaknesses = (policy: string): string[] => {
  const scripts = /(?:^|;)\s*script-src ([^;]*)/.exec(policy)?.[1] ?? '';
  return ["'unsafe-inline'", "'unsafe-eval'", 'http:', 'https:', '*'].filter((word) =>
    scripts.split(' ').includes(word),
  );
};

async function scriptPolicy(lab: AttackLab) {
  const app = await lab.app();
  const policies = await Promise.all(
    [1, 2].map(async () => String((await ask(`${app.url}/`)).headers['content-security-policy'] ?? '')),
  );
  const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
  const weak = policies.flatMap(weaknesses);
  const planted = weaknesses("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'");
  return {
    attempt: finding(
      weak.length === 0 && nonces[0] !== nonces[1] && (nonces[0]?.length ?? 0) >= 20,
      weak.join(' ') || 'a new nonce each time',
    ),
    control: finding(planted.length === 2, planted.join(' ')),
  };
}
