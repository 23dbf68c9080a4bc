import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashed, log, neverLog } from './log';
import { inRequest, requestIdOf } from './request-context';

let out: string[] = [];
let err: string[] = [];

beforeEach(() => {
  out = [];
  err = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => out.push(String(line)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => err.push(String(line)) > 0);
});

afterEach(() => vi.restoreAllMocks());

const lastLine = (): Record<string, unknown> => JSON.parse([...out, ...err].at(-1) ?? '{}');

const logged = (fields: Record<string, unknown>): Record<string, unknown> => {
  log('info', 'event', fields);
  const { at, level, event, ...rest } = lastLine();
  return rest;
};

describe('a line of the log', () => {
  it('has the fields at, level and event, and the given ones', () => {
    log('info', 'started', { store: 'sqlite', durable: true, models: 2, reason: null, code: undefined });
    expect(lastLine()).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'info',
      event: 'started',
      store: 'sqlite',
      durable: true,
      models: 2,
      reason: null,
    });
  });

  it('goes to stdout, or to stderr if it is a warning or an error', () => {
    log('info', 'one');
    log('warn', 'two');
    log('error', 'three');
    expect([out.length, err.length]).toEqual([1, 2]);
  });

  it('is a single line, whatever its values contain', () => {
    log('info', 'event', { reason: 'a\nb\r\n{"level":"error"}' });
    expect(out.join('').split('\n')).toHaveLength(2);
  });
});

it('lines that nobody reads are dropped and counted before they fill the memory', () => {
  const unread = vi.spyOn(process.stdout, 'writableLength', 'get').mockReturnValue(9_000_000);
  log('info', 'one');
  log('info', 'two');
  expect(out).toEqual([]);
  unread.mockReturnValue(0);
  log('info', 'three');
  expect(out).toHaveLength(1);
  expect(JSON.parse(err[0] ?? '')).toMatchObject({ event: 'log_lines_dropped', lines: 2 });
});

describe('what never reaches the log', () => {
  it.each([
    'apiKey',
    'OPENAI_API_KEY',
    'authorization',
    'Cookie',
    'set-cookie',
    'adminToken',
    'access_token',
    'leaseToken',
    'password',
    'authSecret',
    'accessCode',
    'content',
    'text',
    'prompt',
    'messages',
    'reasoning',
    'title',
    'preview',
    'body',
  ])('the value of a field named %s, at any depth', (name) => {
    const value = 'xyzzy-plugh';
    expect(JSON.stringify(logged({ [name]: value }))).not.toContain(value);
    expect(JSON.stringify(logged({ cause: [{ inner: { [name]: { more: value } } }] }))).not.toContain(value);
  });

  it.each([
    ['a bearer token', 'sent Authorization: Bearer abc.def-123 to it', 'abc.def-123'],
    ['a basic credential', 'Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    ['a guest cookie', 'cookie confab_guest_ab12=owner.device.sig; x=1', 'owner.device.sig'],
    ['a guest cookie of https', '__Host-confab_guest_ab12=owner.device.sig', 'owner.device.sig'],
    ['an admin cookie', 'confab_admin=17.abc', '17.abc'],
    ['the password of an address', 'connect redis://default:hunter2@db:6379 failed', 'hunter2'],
    ['a key in a query', 'GET https://x.example/v1?api_key=abcdef&a=1', 'abcdef'],
    ['a code in a query', '/access?code=letmein', 'letmein'],
    ["a provider's key", 'Incorrect API key provided: sk-proj-abcdefgh12345', 'sk-proj-abcdefgh12345'],
  ])('%s inside another value', (_, value, secret) => {
    expect(JSON.stringify(logged({ reason: value, list: [value] }))).not.toContain(secret);
  });

  it('a secret of the settings, wherever it occurs', () => {
    neverLog(['correct horse', 'ab']);
    const fields = logged({ reason: 'the code "correct horse" was refused', other: 'a cab' });
    expect(fields).toEqual({ reason: 'the code "[redacted]" was refused', other: 'a cab' });
  });

  it('the id of a session, a turn or an owner, except as a hash', () => {
    expect(logged({ sessionId: 's-1', turnId: 't-1', owner: 'o-1' })).toEqual({
      sessionId: hashed('s-1'),
      turnId: hashed('t-1'),
      owner: hashed('o-1'),
    });
  });

  it('a code, unless it is an error code', () => {
    expect(logged({ code: 'store_unavailable' })).toEqual({ code: 'store_unavailable' });
    expect(logged({ code: 'ECONNRESET' })).toEqual({ code: 'ECONNRESET' });
    expect(logged({ code: 'letmein' })).toEqual({ code: '[redacted]' });
  });

  it('an endless value', () => {
    expect(String(logged({ reason: 'x'.repeat(100_000) }).reason).length).toBeLessThan(2_100);
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => logged({ cause: circle })).not.toThrow();
  });

  it('while counts and names stay', () => {
    const fields = { inputTokens: 3, replyChars: 4, session: 'aGFzaA', status: 'done', totalMs: 12 };
    expect(logged(fields)).toEqual(fields);
  });
});

describe('the id of a request', () => {
  const idFrom = (header: string | null) =>
    requestIdOf(new Headers(header === null ? {} : { 'x-request-id': header }));

  it('is the one in the header, if that is well formed', () => {
    expect(idFrom('0199a6c2-7f3e-7abc-8def-0123456789ab')).toBe('0199a6c2-7f3e-7abc-8def-0123456789ab');
    expect(idFrom('Root=1-67891233-abcdef')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['', 'short', 'x'.repeat(65), 'has space in it', 'quote"quote"', '<script>alert', 'ünïcödé-ids'])(
    'is a new one instead of %j',
    (header) => {
      expect(idFrom(header)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    },
  );

  it('is in every line that is logged for the request, even after its answer', async () => {
    const request = new Request('http://x/', { headers: { 'x-request-id': 'request-1234' } });
    await inRequest(request, async () => {
      await Promise.resolve();
      log('info', 'inside');
    });
    expect(lastLine()).toMatchObject({ event: 'inside', requestId: 'request-1234' });
    log('info', 'outside');
    expect(lastLine()).not.toHaveProperty('requestId');
  });
});

it('no line is lost when the process ends, however slow its reader is', () => {
  const script = `
    import { flushLog, log } from './lib/server/log';
    for (let n = 0; n < 5000; n += 1) log('info', 'line', { n, pad: 'x'.repeat(100) });
    await flushLog();
    process.exit(0);
  `;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const lines = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  })
    .trim()
    .split('\n');
  expect(lines).toHaveLength(5000);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ n: 4999 });
});
