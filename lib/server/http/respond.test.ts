import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatError } from '@/lib/chat/chat-error';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { readBytes, readJson } from './read-request';
import { handle, imageResponse, refusePage } from './respond';

let written = '';

beforeEach(async () => {
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += text;
    return true;
  });
  const services = await openTestServices({ ALLOWED_HOSTS: 'x.test' });
  Object.assign(globalThis, { [Symbol.for('confab.services')]: Promise.resolve(services) });
});
afterEach(() => vi.restoreAllMocks());

/** A request whose client goes away in the middle of the body. */
const aborted = () =>
  new Request('http://x.test/api/images', {
    method: 'POST',
    body: new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        controller.error(new Error('aborted'));
      },
    }),
    duplex: 'half',
  } as RequestInit);

const fails = (path: string) =>
  handle(new Request(`http://x.test${path}`), {}, async () => {
    throw new ChatError('store_unavailable', { cause: new Error('away') });
  });

describe('an image that is already in the browser’s cache', () => {
  const image = { id: 'a', type: 'image/png' as const, width: 1, height: 1, data: new Uint8Array(1) };
  const statusFor = (ifNoneMatch: string) =>
    imageResponse(new Request('http://x.test/', { headers: { 'if-none-match': ifNoneMatch } }), image).status;

  it('is not sent again', () => {
    for (const tags of ['"a"', 'W/"a"', '"b","a"', '"b" , W/"a" ']) expect(statusFor(tags), tags).toBe(304);
    for (const tags of ['"b"', 'a', '*a', '']) expect(statusFor(tags), tags).toBe(200);
  });

  it('is found quickly, however many spaces separate the tags', () => {
    const startedAt = performance.now();
    expect(statusFor(`"b"${' '.repeat(15_000)}"a"`)).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('a body that ends early', () => {
  it.each([
    ['an upload', (request: Request) => readBytes(request, 1000)],
    ['JSON', readJson],
  ])('is the client’s doing, no error of the server: %s', async (_what, read) => {
    const response = await handle(aborted(), {}, async () => {
      await read(aborted());
      return new Response();
    });
    expect([response.status, (await response.json()).error.code]).toEqual([400, 'bad_request']);
    expect(written).toBe('');
  });

  it('is not read further than allowed', async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (one) => one.enqueue(new Uint8Array(100)) });
    const request = new Request('http://x.test/', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit);
    await expect(readBytes(request, 1000)).rejects.toMatchObject({ code: 'too_large' });
  });
});

describe('a failure in the log', () => {
  const id = '0199d3a4-5b6c-7d8e-9f01-23456789abcd';

  it.each([
    `/api/chat/sessions/${id}`,
    `/api/chat/sessions/${id}/restore`,
    `/api/chat/turns/${id}/restore`,
    `/api/images/${id}`,
    `/api/guest/devices/${id}`,
    `/api/pairings/${id}`,
  ])('has no id in its path: %s', async (path) => {
    await fails(path);
    expect(written).toContain('request_failed');
    expect(written).not.toContain(id);
    expect(written).toContain(path.slice(0, path.indexOf(id)));
  });

  it('keeps the path of a route without ids', async () => {
    await fails('/api/chat/sessions');
    expect(written).toContain('"/api/chat/sessions"');
  });
});

describe('a request for a page', () => {
  const page = (method: string, headers = {}) =>
    refusePage(new Request('http://x.test/', { method, headers }));

  it.each(['GET', 'HEAD'])('is served to %s', async (method) => {
    expect(await page(method)).toBeNull();
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('takes no %s', async (method) => {
    const own = await page(method);
    expect([own?.status, own?.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const foreign = await page(method, { origin: 'https://evil.example' });
    expect([foreign?.status, foreign?.headers.get('set-cookie')]).toEqual([403, null]);
  });
});
