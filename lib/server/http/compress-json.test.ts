import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compressJson } from './compress-json';

const LONG = { turns: Array.from({ length: 200 }, (_, n) => `A sentence of turn ${n}, with 中文 in it.`) };
const call = (accepted: string | null, response: Response, method = 'GET') =>
  compressJson(
    new Request('http://x.test/', {
      method,
      headers: accepted === null ? {} : { 'accept-encoding': accepted },
    }),
    response,
  );

describe('a JSON answer', () => {
  it.each(['gzip', 'gzip, deflate, br, zstd', 'br;q=1.0, gzip;q=0.8', 'x-gzip', ' GZIP '])(
    'is sent compressed to a client that takes %j, and is the same after that',
    async (accepted) => {
      const answer = await call(accepted, Response.json(LONG, { status: 201, headers: { etag: '"a"' } }));
      const packed = new Uint8Array(await answer.arrayBuffer());
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      expect([answer.status, answer.headers.get('etag'), answer.headers.get('vary')]).toEqual([
        201,
        '"a"',
        'accept-encoding',
      ]);
      expect(packed.length).toBeLessThan(JSON.stringify(LONG).length / 4);
      expect(JSON.parse(gunzipSync(packed).toString())).toEqual(LONG);
    },
  );

  it.each([null, '', 'identity', 'br', 'gzip;q=0', 'gzip;q=0.00', 'gzipped'])(
    'is sent as it is to a client that takes %j',
    async (accepted) => {
      const answer = await call(accepted, Response.json(LONG));
      expect(answer.headers.get('content-encoding')).toBeNull();
      expect(await answer.json()).toEqual(LONG);
    },
  );

  it('is sent as it is if it is short', async () => {
    const answer = await call('gzip', Response.json({ status: 'ok' }));
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(await answer.json()).toEqual({ status: 'ok' });
  });
});

it.each([
  ['a stream of events', 'text/event-stream; charset=utf-8'],
  ['an image', 'image/png'],
  ['text for Prometheus', 'text/plain'],
])('%s is never touched', async (_, type) => {
  const response = new Response('x'.repeat(5_000), { headers: { 'content-type': type } });
  expect(await call('gzip', response)).toBe(response);
});
