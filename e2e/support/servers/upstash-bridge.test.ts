import { Redis } from '@upstash/redis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { RedisServer } from './redis';
import { UpstashBridge } from './upstash-bridge';

let server: RedisServer;
let bridge: UpstashBridge;
let client: Redis;

beforeAll(async () => {
  server = await RedisServer.start();
  bridge = await UpstashBridge.start(server.url);
});

afterAll(async () => {
  await bridge?.close();
  await server?.close();
});

beforeEach(async () => {
  client = new Redis({
    url: bridge.url,
    token: bridge.token,
    automaticDeserialization: false,
    enableTelemetry: false,
  });
  await client.flushall();
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${bridge.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bridge.token}`, ...headers },
    body: JSON.stringify(body),
  });

test.each(['plain', '123', 'OK', '', 'é 话 😀', '\u0000', 'x'.repeat(300_000)])(
  'a stored string is read back unchanged: %.20j',
  async (text) => {
    await client.set('key', text);
    expect(await client.get('key')).toBe(text);
  },
);

test('nested replies keep their structure', async () => {
  const script = "return {'a', 1, {'b', false, {'é'}}}";
  expect(await client.eval(script, [], [])).toEqual(['a', 1, ['b', null, ['é']]]);
});

test('the real client runs a pipeline and a transaction', async () => {
  expect(await client.pipeline().set('n', '1').incr('n').get('n').exec()).toEqual(['OK', 2, '2']);
  expect(await client.multi().set('n', '5').incr('n').exec()).toEqual(['OK', 6]);
});

test('a failed command answers 400; in a pipeline it is one error entry', async () => {
  const response = await post('/', ['no-such-command']);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: expect.stringContaining('unknown command') });
  expect(
    await (
      await post('/pipeline', [
        ['set', 'k', 'v'],
        ['hget', 'k', 'f'],
      ])
    ).json(),
  ).toEqual([{ result: 'OK' }, { error: expect.stringContaining('WRONGTYPE') }]);
});

test('replies are base64 only on request', async () => {
  await client.set('key', 'value');
  expect(await (await post('/', ['get', 'key'])).json()).toEqual({ result: 'value' });
  expect(await (await post('/', ['get', 'key'], { 'upstash-encoding': 'base64' })).json()).toEqual({
    result: btoa('value'),
  });
});

test('a wrong token is a 401', async () => {
  expect((await post('/', ['ping'], { authorization: 'Bearer other' })).status).toBe(401);
});

test.each([
  ['/', { not: 'a command' }],
  ['/', []],
  ['/pipeline', ['ping']],
  ['/elsewhere', ['ping']],
])('%s with %j is a 400', async (path, body) => {
  expect((await post(path, body)).status).toBe(400);
});
