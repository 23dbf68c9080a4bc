import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postJson } from './post-json';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A model server on a port of its own, and the requests that it got. */
async function serve(handler: RequestListener) {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(`${request.url} ${request.headers.authorization ?? ''}`.trim());
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const redirectTo = (location: string) => (status: number) =>
  serve((_request, response) => void response.writeHead(status, { location }).end());

const post = async (address: string) => {
  const headers = { authorization: 'Bearer sk-key' };
  const response = await postJson(new URL(address), { headers, body: { secret: 'text' }, signal: undefined });
  response.resume();
  return response.statusCode;
};

describe('a redirect of a model server', () => {
  it.each([301, 302, 303, 307, 308])(
    'with status %d to another host gets neither the conversation nor the key',
    async (status) => {
      const other = await serve((_request, response) => response.end('{}'));
      const model = await redirectTo(`${other.url}/steal`)(status);
      expect(await post(`${model.url}/v1`)).toBe(status);
      expect(other.received).toEqual([]);
    },
  );

  it.each([
    '/there',
    'http://localhost:1/',
    '//evil.example/',
    'https://127.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'http://',
  ])('to %s is not followed', async (location) => {
    const model = await redirectTo(location)(307);
    expect(await post(`${model.url}/v1`)).toBe(307);
    expect(model.received).toEqual(['/v1 Bearer sk-key']);
  });
});
