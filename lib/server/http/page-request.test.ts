import { NextRequest } from 'next/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GET as sessions } from '@/app/api/chat/sessions/route';
import { provideTestServices } from '@/lib/server/testing/open-test-services';
import { proxy } from '@/proxy';

const GIVEN = 'request-0123456789';

afterEach(() => vi.restoreAllMocks());

const visit = (path: string, init: ConstructorParameters<typeof NextRequest>[1] = {}) =>
  proxy(new NextRequest(`http://localhost${path}`, init));

describe('the id of a request for a page', () => {
  it.each([
    ['the page', '/', {}, 200],
    ['a refused host', '/', { headers: { host: 'evil.test' } }, 403],
    ['a form of another site', '/', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a method that a page has not', '/', { method: 'PUT' }, 405],
  ])('is in the answer, as in those of the API: %s', async (_, path, init, status) => {
    await provideTestServices({ HOST: '127.0.0.1' });
    const response = await visit(path, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const headers = { ...('headers' in init && init.headers), 'x-request-id': GIVEN };
    expect((await visit(path, { ...init, headers })).headers.get('x-request-id')).toBe(GIVEN);
  });

  it('is in a redirect to the access page, and in the refusal of a script’s fetch', async () => {
    await provideTestServices({ ACCESS_CODE: 'correct horse' });
    const headers = { 'x-request-id': GIVEN };
    expect((await visit('/', { headers })).headers.get('x-request-id')).toBe(GIVEN);
    const refused = await visit('/', { headers: { ...headers, rsc: '1' } });
    expect([refused.status, refused.headers.get('x-request-id')]).toEqual([401, GIVEN]);
  });

  it('is passed on to the page’s rendering, and a malformed one is replaced', async () => {
    await provideTestServices({});
    const id = (response: Response) => response.headers.get('x-middleware-request-x-request-id');
    expect(id(await visit('/', { headers: { 'x-request-id': GIVEN } }))).toBe(GIVEN);
    const forged = await visit('/', { headers: { 'x-request-id': 'two words' } });
    expect(id(forged)).toMatch(/^[0-9a-f-]{36}$/);
    expect(id(forged)).toBe(forged.headers.get('x-request-id'));
  });

  it('is in the log lines of the page and of the API alike', async () => {
    const opened = await provideTestServices({ ACCESS_CODE: 'correct horse' });
    vi.spyOn(opened.secret, 'secrets').mockRejectedValue(new Error('connect ECONNREFUSED'));
    const lines: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    const headers = { 'x-request-id': GIVEN };
    await visit('/', { headers });
    await sessions(new Request('http://localhost/api/chat/sessions', { headers }));
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged.map(({ event }) => event)).toContain('access_not_checked');
    expect(logged.map(({ event }) => event)).toContain('request_failed');
    for (const line of logged) expect(line).toMatchObject({ requestId: GIVEN });
  });
});
