import { request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SECURITY_HEADERS } from '@/lib/server/http/security-headers';
// @ts-expect-error: a script without types, which Node runs as it is.
import { createFrontServer, readFrontSettings } from './front-server.mjs';

type Environment = Record<string, string>;
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const echo: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('error', () => undefined);
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    response.end(JSON.stringify({ headers: request.headers, bytes: Buffer.concat(chunks).length }));
  });
};

/** A front server with short times, before a handler of the test. */
async function start(
  environment: Environment = {},
  handler: RequestListener = echo,
  times = {},
): Promise<number> {
  const front = createFrontServer(readFrontSettings(environment), { checkMs: 20, ...times });
  front.open({ requestHandler: handler });
  await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    front.server.closeAllConnections();
    front.server.close();
  });
  return (front.server.address() as AddressInfo).port;
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: a JSON answer of any form.
  body: any;
}

const ask = (port: number, options: { method?: string; path?: string; headers?: Environment } = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, agent: false, ...options }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text && JSON.parse(text) });
    });
    sent.on('error', reject);
    sent.end();
  });

/** Everything that comes back on a connection on which exactly this is written. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
    closing.push(() => socket.destroy());
  });
}

describe('the address of the client', () => {
  const addressOf = async (environment: Environment, headers: Environment) =>
    (await ask(await start(environment), { headers })).body.headers;

  it('is that of the connection, whatever the request says', async () => {
    const headers = {
      'x-confab-address': '6.6.6.6',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-real-ip': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
      traceparent: '00-11111111111111111111111111111111-2222222222222222-00',
      tracestate: 'a=b',
      baggage: 'a=b',
    };
    const seen = await addressOf({}, headers);
    expect(seen['x-confab-address']).toBe('127.0.0.1');
    for (const name of Object.keys(headers).slice(1)) expect(seen[name]).toBeUndefined();
  });

  it('is explained once in the log where a proxy is not declared', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const port = await start();
    for (let n = 0; n < 3; n++) await ask(port, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    const lines = write.mock.calls.map(([line]) => String(line));
    write.mockRestore();
    expect(lines.filter((line) => line.includes('forwarded_headers_ignored'))).toEqual([
      expect.stringContaining('TRUST_PROXY'),
    ]);
  });

  it('is what the outermost of our proxies saw', async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.7, 10.0.0.1', 'x-confab-address': '6.6.6.6' };
    expect((await addressOf({ TRUST_PROXY: '1' }, headers))['x-confab-address']).toBe('10.0.0.1');
    expect((await addressOf({ TRUST_PROXY: '2' }, headers))['x-confab-address']).toBe('203.0.113.7');
  });

  it.each(['evil', '', ', ,', '1.2.3.4.5', '203.0.113.7:4711', '[2001:db8::1]:80'])(
    'is one, whatever a proxy adds: %s',
    async (forwarded) => {
      const seen = await addressOf({ TRUST_PROXY: '1' }, { 'x-forwarded-for': forwarded });
      const expected = { '203.0.113.7:4711': '203.0.113.7', '[2001:db8::1]:80': '2001:db8::1' }[forwarded];
      expect(seen['x-confab-address']).toBe(expected ?? '127.0.0.1');
    },
  );
});

describe('a request that Next cannot handle', () => {
  it.each(['/%ff', '/%', '/a/%c3%28', '/%00', '/%e0%a4%a', '/api/images/%ff', '/_next/static/%ff.js'])(
    'is refused as a bad request: %s',
    async (path) => {
      const answer = await ask(await start(), { path });
      expect([answer.status, answer.body.error.code]).toEqual([400, 'bad_request']);
    },
  );

  it.each(['/%E4%BD%A0', '/?q=%ff', '/a%20b', '/'])('is not any other path: %s', async (path) => {
    expect((await ask(await start(), { path })).status).toBe(200);
  });

  it.each(['TRACE', 'PROPFIND', 'MKCOL', 'LOCK', 'PURGE'])('is refused by its method: %s', async (method) => {
    const answer = await ask(await start(), { method });
    expect([answer.status, answer.body.error.code]).toEqual([405, 'method_not_allowed']);
    expect(answer.headers.allow).toContain('GET, HEAD, POST');
  });

  it.each([
    ['CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n', '405'],
    ['GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
    ['OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
    ['GET / HTTP/1.1\r\n\r\n', '400'],
    ['POST / HTTP/1.1\r\nHost: x\r\nExpect: much\r\nContent-Length: 1\r\n\r\n', '417'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400'],
    ['nonsense\r\n\r\n', '400'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
  ])('is refused with the headers of every answer: %s', async (text, status) => {
    const answer = await raw(await start(), text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('X-Content-Type-Options: nosniff');
  });

  it('is answered with 500 if the handler throws', async () => {
    const port = await start({}, () => {
      throw new Error('on purpose');
    });
    expect((await ask(port)).status).toBe(500);
  });
});

it('every answer has the headers that keep other sites out', async () => {
  const port = await start();
  for (const { headers } of [
    await ask(port),
    await ask(port, { path: '/%ff' }),
    await ask(port, { method: 'TRACE' }),
  ])
    expect(headers).toMatchObject(lowerCase(SECURITY_HEADERS.everywhere));
});

it('tells browsers on https to come by https only, in refusals too, and nobody else', async () => {
  const hsts = async (path: string, proto: string, environment = {}) => {
    const port = await start(environment);
    const { headers } = await ask(port, { path, headers: { 'x-forwarded-proto': proto } });
    return headers['strict-transport-security'];
  };
  for (const path of ['/', '/%ff']) {
    expect(await hsts(path, 'https', { TRUST_PROXY: '1' })).toMatch(/^max-age=\d{8,}/);
    expect(await hsts(path, 'http', { TRUST_PROXY: '1' })).toBeUndefined();
    expect(await hsts(path, 'https')).toBeUndefined();
  }
});

const lowerCase = (headers: Environment) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

describe('a build that is served under a path', () => {
  const seen: RequestListener = (request, response) => response.end(JSON.stringify({ url: request.url }));

  async function startUnder(basePath: string): Promise<number> {
    const front = createFrontServer({ ...readFrontSettings({}), basePath }, { checkMs: 20 });
    front.open({ requestHandler: seen });
    await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
    closing.push(() => {
      front.server.closeAllConnections();
      front.server.close();
    });
    return (front.server.address() as AddressInfo).port;
  }

  it.each([
    // A proxy that leaves the path on,
    ['/chat', '/chat'],
    ['/chat/', '/chat'],
    ['/chat/?q=/chat/', '/chat?q=/chat/'],
    ['/chat/api/health?a=1', '/chat/api/health?a=1'],
    ['/chat/_next/static/a.js', '/chat/_next/static/a.js'],
    // and one that takes it off.
    ['/', '/chat'],
    ['/?q=1', '/chat?q=1'],
    ['/api/health/live', '/chat/api/health/live'],
    ['/_next/static/a.js', '/chat/_next/static/a.js'],
    ['/chatter', '/chat/chatter'],
    ['/admin?problem=x', '/chat/admin?problem=x'],
  ])('takes %s for %s', async (path, url) => {
    const port = await startUnder('/chat');
    expect((await ask(port, { path })).body).toEqual({ url });
  });

  it('changes nothing at the root of a host', async () => {
    const port = await startUnder('');
    for (const path of ['/', '/chat/', '/api/health?a=1'])
      expect((await ask(port, { path })).body).toEqual({ url: path });
  });
});

describe('a slow client', () => {
  it('is cut off if its body takes too long', async () => {
    const port = await start({}, echo, { bodyMs: 150 });
    const head = 'POST / HTTP/1.1\r\nHost: x\r\n';
    const [sized, chunked] = await Promise.all([
      raw(port, `${head}Content-Length: 100\r\n\r\nabc`),
      raw(port, `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`),
    ]);
    expect([sized, chunked]).toEqual([
      expect.stringContaining('HTTP/1.1 408 '),
      expect.stringContaining('HTTP/1.1 408 '),
    ]);
  });

  it('is cut off if its headers take too long', async () => {
    const port = await start({}, echo, { headersMs: 100 });
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost:')).toContain('HTTP/1.1 408 ');
  });

  it('is cut off if it stops reading, because its answer is held in memory', async () => {
    let closed = false;
    const port = await start(
      {},
      (_request, response) => {
        response.on('close', () => {
          closed = true;
        });
        response.write(Buffer.alloc(50_000_000));
      },
      { readMs: 100 },
    );
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    socket.on('error', () => undefined);
    socket.pause();
    closing.push(() => socket.destroy());
    await expect.poll(() => closed, { timeout: 3000 }).toBe(true);
  });

  it('may finish if it keeps sending', async () => {
    const port = await start({}, echo, { bodyMs: 600 });
    const answer = new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', async () => {
        socket.write('POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 20000\r\n\r\n');
        for (let sent = 0; sent < 20_000; sent += 4000) {
          socket.write('x'.repeat(4000));
          await pause(200);
        }
      });
      let text = '';
      socket.on('data', (bytes) => {
        text += bytes;
      });
      socket.on('close', () => resolve(text));
    });
    expect(await answer).toContain('"bytes":20000');
  });
});

describe('one address', () => {
  const never: RequestListener = () => undefined;
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const hold = (port: number, address: string) => void ask(port, from(address)).catch(() => undefined);
  const LIMIT = { TRUST_PROXY: '1', CONNECTIONS_PER_ADDRESS: '3' };

  it('may have a limited number of requests under way; other addresses are not affected', async () => {
    const port = await start(LIMIT, (request, response) =>
      request.url === '/hold' ? never(request, response) : echo(request, response),
    );
    const held = Array.from({ length: 3 }, () => ask(port, { path: '/hold', ...from('203.0.113.7') }));
    for (const one of held) one.catch(() => undefined);
    await pause(100);
    const refused = await ask(port, from('203.0.113.7'));
    expect([refused.status, refused.body.error.code, refused.headers['retry-after']]).toEqual([
      429,
      'rate_limited',
      '1',
    ]);
    expect((await ask(port, from('203.0.113.8'))).status).toBe(200);
  });

  it('means a /64 network of IPv6', async () => {
    const port = await start(LIMIT, never);
    for (const last of ['1', '2', '3']) hold(port, `2001:db8:0:1::${last}`);
    await pause(100);
    expect((await ask(port, from('2001:db8:0:1:ffff::9'))).status).toBe(429);
  });

  it('may send another request when one is over', async () => {
    const port = await start(LIMIT);
    for (let n = 0; n < 10; n++) expect((await ask(port, from('203.0.113.7'))).status).toBe(200);
  });

  it('may have a limited number of connections', async () => {
    const port = await start({ CONNECTIONS_PER_ADDRESS: '2' }, never);
    const open = () => raw(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    void open();
    void open();
    await pause(50);
    expect(await open()).toBe('');
  });

  it('may have any number on loopback if no limit is set', async () => {
    const port = await start({}, (_request, response) => void setTimeout(() => response.end('{}'), 50));
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(port)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
