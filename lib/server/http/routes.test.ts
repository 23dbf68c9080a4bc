import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { SECURITY_HEADERS } from './security-headers';

/** Every route of the API, found by its file: one that somebody adds is tested without a line here. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FILES = globSync('app/api/**/route.ts', { cwd: ROOT }).sort();
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const UNSAFE = METHODS.filter((method) => method !== 'GET');
/** Asked by an orchestrator, or by Prometheus with its token, under an address of its own. */
const ANY_HOST = /^app\/api\/(health|metrics)\//;

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

vi.mock('next/server', () => ({ after: () => undefined }));

beforeAll(async () => {
  const services = await openTestServices({ ALLOWED_HOSTS: 'chat.example', OPENAI_API_KEY: 'unused' });
  Object.assign(globalThis, { [Symbol.for('confab.services')]: Promise.resolve(services) });
});

async function call(file: string, method: string, headers: Record<string, string>): Promise<Response> {
  const route: Record<string, unknown> = await import(pathToFileURL(`${ROOT}${file}`).href);
  const handler = route[method];
  if (typeof handler !== 'function') throw new Error(`${file} does not answer ${method}`);
  const path = file
    .replace('app', '')
    .replace('/route.ts', '')
    .replaceAll(/\[[^\]]*\]/g, 'an-id');
  const request = new Request(`http://chat.example${path}`, {
    method,
    headers,
    ...(method !== 'GET' && { body: '{}' }),
  });
  return (handler as Handler)(request, { params: Promise.resolve({ id: 'an-id', path: ['an-id'] }) });
}

const codeOf = async (response: Response) => [response.status, (await response.json()).error?.code];

it('finds the routes', () => {
  expect(FILES.length).toBeGreaterThan(10);
});

describe.each(FILES)('%s', (file) => {
  it.each(UNSAFE)('refuses %s of another site', async (method) => {
    const evil = { origin: 'https://evil.example', 'content-type': 'application/json' };
    for (const headers of [
      evil,
      { ...evil, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const response = await call(file, method, headers);
      expect(await codeOf(response)).toEqual([403, 'forbidden']);
      expect(response.headers.get('set-cookie')).toBeNull();
    }
  });

  it.each(METHODS)('answers %s only under a host name of this server', async (method) => {
    const response = await call(file, method, { host: 'evil.example' });
    if (method === 'GET' && ANY_HOST.test(file)) expect(response.status).not.toBe(403);
    else expect(await codeOf(response)).toEqual([403, 'forbidden']);
  });

  it('answers other methods in JSON, and lists its own', async () => {
    const answers = await Promise.all(METHODS.map((method) => call(file, method, { host: 'chat.example' })));
    const refused = answers.filter((answer) => answer.status === 405);
    const own = METHODS.filter((_, index) => answers[index]?.status !== 405);
    const allow = own.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).sort();
    for (const answer of answers) {
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      for (const [name, value] of Object.entries(SECURITY_HEADERS.everywhere))
        expect(answer.headers.get(name)).toBe(value);
    }
    for (const answer of refused) {
      expect(await codeOf(answer)).toEqual([405, 'method_not_allowed']);
      expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allow);
    }
  });

  it('tells the gate which kind of body it reads', () => {
    const source = readFileSync(`${ROOT}${file}`, 'utf8');
    for (const handler of source.split(/^export const /m)) {
      if (handler.includes('readJson(request')) expect(handler).toContain("body: 'json'");
      if (handler.includes('readBytes(request')) expect(handler).toContain("body: 'bytes'");
    }
  });
});
