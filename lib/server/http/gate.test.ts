import { describe, expect, it } from 'vitest';
import { ChatError } from '@/lib/chat/chat-error';
import { type GateSettings, isHttps, mayIssueCookie, passGate, type RouteOptions } from './gate';

const ANY_HOST: GateSettings = { allowedHosts: null, trustProxy: 0 };
const LOOPBACK: GateSettings = { allowedHosts: [], trustProxy: 0 };
const NAMED: GateSettings = { allowedHosts: ['chat.example', '*.team.example'], trustProxy: 0 };

type Headers = Record<string, string>;

const ask = (method: string, headers: Headers, url = 'http://chat.example/api/x') =>
  new Request(url, { method, headers: { host: new URL(url).host, ...headers } });

/** `passes`, or the code of the refusal. */
function outcome(request: Request, settings = ANY_HOST, options: RouteOptions = {}): string {
  try {
    passGate(request, settings, options);
    return 'passes';
  } catch (error) {
    return error instanceof ChatError ? error.code : String(error);
  }
}

const OWN = 'http://chat.example';

describe('a request that changes something', () => {
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  const fromElsewhere: Headers[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: OWN },
    { 'sec-fetch-site': 'something new' },
    { 'sec-fetch-site': '' },
    { origin: 'https://evil.example' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'http://chat.example.evil.example' },
    { origin: 'http://sub.chat.example' },
    { origin: 'http://chat.example:8080' },
    { origin: 'chrome-extension://chat.example' },
    { origin: 'file://' },
    { origin: 'http://chat.example@evil.example' },
    { origin: 'http://chat.example, http://evil.example' },
    { 'sec-fetch-site': 'same-origin', origin: 'null' },
    { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' },
  ];

  it.each(methods.flatMap((method) => fromElsewhere.map((headers) => [method, headers] as const)))(
    'is refused if another site may have sent it: %s %j',
    (method, headers) => {
      expect(outcome(ask(method, headers))).toBe('forbidden');
    },
  );

  const fromHere: Headers[] = [
    {},
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-origin', origin: OWN },
    { origin: OWN },
    { origin: OWN, host: 'chat.example:80' },
    { origin: OWN, host: 'CHAT.example' },
  ];

  it.each(methods.flatMap((method) => fromHere.map((headers) => [method, headers] as const)))(
    'passes from our own page and from a program: %s %j',
    (method, headers) => {
      expect(outcome(ask(method, headers))).toBe('passes');
    },
  );

  it('passes behind a proxy that replaces the host name, if the browser vouches for the origin', () => {
    const headers = { host: '127.0.0.1:3000', origin: 'https://chat.example' };
    expect(outcome(ask('POST', { ...headers, 'sec-fetch-site': 'same-origin' }))).toBe('passes');
    expect(outcome(ask('POST', headers))).toBe('forbidden');
  });

  it('passes with the host name that a proxy of ours forwards', () => {
    const headers = { host: '127.0.0.1:3000', origin: OWN, 'x-forwarded-host': 'chat.example' };
    expect(outcome(ask('POST', headers), { allowedHosts: null, trustProxy: 1 })).toBe('passes');
    expect(outcome(ask('POST', headers))).toBe('forbidden');
  });

  it('is refused from a page on http where the server is on https', () => {
    expect(outcome(ask('POST', { origin: OWN }, 'https://chat.example/'))).toBe('forbidden');
    expect(outcome(ask('POST', { origin: 'https://chat.example' }, 'https://chat.example/'))).toBe('passes');
  });

  it('is refused from an origin that is none of the listed names, whatever else the browser says', () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' };
    expect(outcome(ask('POST', headers), NAMED)).toBe('forbidden');
    expect(outcome(ask('POST', { ...headers, host: 'localhost:3000' }), LOOPBACK)).toBe('forbidden');
  });

  it.each(['GET', 'HEAD'])('does not include a read: %s passes from a link of another site', (method) => {
    expect(outcome(ask(method, { 'sec-fetch-site': 'cross-site' }))).toBe('passes');
  });
});

describe('the body that a page sends', () => {
  const page = { origin: OWN };
  const bodyless = [undefined, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'];

  it.each([...bodyless, 'text/plain; application/json', 'application/jsonp', 'image/png', 'text/json'])(
    'must be JSON by its content type: %s is refused',
    (type) => {
      const headers = { ...page, ...(type && { 'content-type': type }) };
      expect(outcome(ask('POST', headers), ANY_HOST, { body: 'json' })).toBe('bad_request');
    },
  );

  it.each(['application/json', 'Application/JSON; charset=utf-8'])('is JSON as %s', (type) => {
    expect(outcome(ask('POST', { ...page, 'content-type': type }), ANY_HOST, { body: 'json' })).toBe(
      'passes',
    );
  });

  it.each([...bodyless, 'application/json', 'image/'])('must be an image or bytes: %s is refused', (type) => {
    const headers = { ...page, ...(type && { 'content-type': type }) };
    expect(outcome(ask('POST', headers), ANY_HOST, { body: 'bytes' })).toBe('bad_request');
  });

  it.each(['image/png', 'IMAGE/webp', 'application/octet-stream'])('may be bytes as %s', (type) => {
    const headers = { ...page, 'content-type': type };
    expect(outcome(ask('POST', headers), ANY_HOST, { body: 'bytes' })).toBe('passes');
  });

  it('is a page’s if it has any Sec-Fetch header, and a program may send any content type', () => {
    const json: RouteOptions = { body: 'json' };
    for (const name of ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'])
      expect(outcome(ask('POST', { [name]: 'same-origin' }), ANY_HOST, json)).toBe('bad_request');
    expect(outcome(ask('POST', { 'content-type': 'text/plain' }), ANY_HOST, json)).toBe('passes');
  });
});

describe('the host name', () => {
  const hosts = (settings: GateSettings, names: string[]) =>
    names.map((host) => outcome(ask('GET', { host }), settings));
  const loopback = [
    'localhost',
    'LOCALHOST:3000',
    '127.0.0.1:3000',
    '127.8.9.1',
    '[::1]:3000',
    'app.localhost',
    'localhost.',
    'localhost.:3000',
  ];

  it('may be any if the server’s names are unknown', () => {
    expect(new Set(hosts(ANY_HOST, [...loopback, 'evil.example', '10.0.0.1']))).toEqual(new Set(['passes']));
  });

  it('of a server on loopback is one of loopback', () => {
    expect(new Set(hosts(LOOPBACK, loopback))).toEqual(new Set(['passes']));
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:3000',
    'localhost@evil.example',
    'evil.example#localhost',
    'evil.example/localhost',
    'evillocalhost',
    '128.0.0.1',
    '0.0.0.0',
    'localhost evil.example',
    'localhost..',
    '.',
    'evil.example.',
    'localhost.evil.example.',
  ])('of a server on loopback is not %s', (host) => {
    expect(hosts(LOOPBACK, [host])).toEqual(['forbidden']);
    expect(outcome(ask('POST', { host }), LOOPBACK)).toBe('forbidden');
  });

  it('is one of ALLOWED_HOSTS, or of loopback', () => {
    const allowed = [
      'chat.example',
      'chat.example:8443',
      'CHAT.example',
      'a.team.example',
      'a.b.team.example',
      'chat.example.',
      'chat.example.:8443',
      'a.team.example.',
    ];
    expect(new Set(hosts(NAMED, [...allowed, ...loopback]))).toEqual(new Set(['passes']));
    const others = [
      'team.example',
      'evil.example',
      'xteam.example',
      'chat.example.evil.example',
      'chat.exampl',
    ];
    expect(new Set(hosts(NAMED, others))).toEqual(new Set(['forbidden']));
  });

  it('with a port in ALLOWED_HOSTS is accepted with that port only', () => {
    const settings = { allowedHosts: ['chat.example:8443'], trustProxy: 0 };
    expect(hosts(settings, ['chat.example:8443', 'chat.example', 'chat.example:1'])).toEqual([
      'passes',
      'forbidden',
      'forbidden',
    ]);
  });

  it('that a proxy forwards has to be listed, too', () => {
    const headers = { host: 'localhost', 'x-forwarded-host': 'evil.example' };
    expect(outcome(ask('GET', headers), { ...NAMED, trustProxy: 1 })).toBe('forbidden');
  });

  it('does not matter for a probe', () => {
    expect(outcome(ask('GET', { host: '10.1.2.3:3000' }), NAMED, { anyHost: true })).toBe('passes');
  });
});

describe('a page’s response', () => {
  it.each([
    [{}],
    [{ 'sec-fetch-mode': 'navigate' }],
    [{ 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none', 'sec-purpose': 'prefetch;prerender' }],
    [{ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' }],
  ])('may issue a cookie to a visit: %j', (headers) => {
    expect(mayIssueCookie(ask('GET', headers as Headers))).toBe(true);
  });

  it.each([
    ['POST', { 'sec-fetch-mode': 'navigate' }],
    ['POST', {}],
    ['PUT', {}],
    ['HEAD', {}],
    ['OPTIONS', {}],
    ['GET', { 'sec-fetch-mode': 'no-cors' }],
    ['GET', { 'sec-fetch-mode': 'cors' }],
    ['GET', { 'sec-fetch-mode': 'same-origin' }],
    ['GET', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ['GET', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'object' }],
    ['GET', { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site', 'sec-purpose': 'prefetch' }],
    [
      'GET',
      { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'same-site', 'sec-purpose': 'prefetch;prerender' },
    ],
  ])('issues none to %s %j', (method, headers) => {
    expect(mayIssueCookie(ask(method, headers as Headers))).toBe(false);
  });

  it('is on https if the connection is, or if a proxy of ours says so', () => {
    const forwarded = ask('GET', { 'x-forwarded-proto': 'https' });
    expect(isHttps(forwarded, { trustProxy: 0 })).toBe(false);
    expect(isHttps(forwarded, { trustProxy: 1 })).toBe(true);
    expect(isHttps(ask('GET', {}, 'https://chat.example/'), { trustProxy: 0 })).toBe(true);
  });
});
