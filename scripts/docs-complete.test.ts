import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ASSISTANTS } from '@/lib/chat/assistants';
import { STORE_WARNINGS } from '@/lib/chat/store-warnings';
import { stringsWithStorage } from '@/lib/chat/strings/storage-failures';
import { PROVIDERS } from '@/lib/server/models/providers';
import packageJson from '@/package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const API = read('docs/api.md');
const README = read('README.md');
const EXAMPLE = read('.env.local.example');

/** Set by the platform, not by the person who deploys. */
const NOT_SETTINGS = new Set(['VERCEL', 'VERCEL_ENV', 'VERCEL_TARGET_ENV', 'VERCEL_GIT_COMMIT_REF', 'PWD']);

/** The variables of the schema in `env.ts`. */
const SETTINGS = [...read('lib/server/env.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)]
  .map((match) => match[1] ?? '')
  .filter((name) => !NOT_SETTINGS.has(name));

const PROVIDER_SETTINGS = PROVIDERS.flatMap(({ id }) =>
  ['API_KEY', 'BASE_URL', 'MODELS'].map((name) => `${id.toUpperCase()}_${name}`),
);

const { codes, reasons, storage } = stringsWithStorage('en').failures;
/** What only the browser says. */
const CLIENT_CODES = new Set([
  ...['network', 'offline'],
  ...['intercepted', 'proxy_size', 'unconfirmed', 'delayed', 'no_cookies', 'not_stored'],
]);

const EVENT_TYPES = [...read('lib/chat/events.ts').matchAll(/\{ type: '(\w+)'/g)].map(
  (match) => match[1] ?? '',
);

async function endpoints(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('app/api/**/route.ts', { cwd: ROOT })) {
    const path = `/${file.replace(/^app\//, '').replace(/\/route\.ts$/, '')}`;
    for (const [, method] of read(file).matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g))
      found.push(`${method} ${path}`);
  }
  return found;
}

const missing = (names: readonly string[], isThere: (name: string) => boolean): string[] =>
  names.filter((name) => !isThere(name));

describe('the docs are complete', () => {
  it('every setting is in .env.local.example', () => {
    expect(SETTINGS.length).toBeGreaterThan(10);
    expect(
      missing([...SETTINGS, ...PROVIDER_SETTINGS], (name) => new RegExp(`^${name}=`, 'm').test(EXAMPLE)),
    ).toEqual([]);
  });

  it('every setting and every provider is in the README', () => {
    expect(missing(SETTINGS, (name) => README.includes(`\`${name}\``))).toEqual([]);
    expect(
      missing(
        PROVIDERS.map(({ id }) => id.toUpperCase()),
        (name) => README.includes(`\`${name}\``),
      ),
    ).toEqual([]);
  });

  it('every error code, reason and warning is in docs/api.md', () => {
    const all = [codes, reasons, storage].flatMap(Object.keys).filter((code) => !CLIENT_CODES.has(code));
    all.push(...STORE_WARNINGS);
    expect(all.length).toBeGreaterThan(20);
    expect(missing(all, (name) => API.includes(`\`${name}\``))).toEqual([]);
  });

  it('every type of event is in docs/api.md', () => {
    expect(EVENT_TYPES).toContain('turn');
    expect(missing(EVENT_TYPES, (type) => API.includes(`{"type":"${type}"`))).toEqual([]);
  });

  it('every assistant is in docs/api.md', () => {
    expect(
      missing(
        ASSISTANTS.map(({ id }) => id),
        (id) => API.includes(`\`${id}\``),
      ),
    ).toEqual([]);
  });

  it('every endpoint is in docs/api.md, as a command that one can run', async () => {
    const commands = API.split('\n').filter((line) => line.includes('curl '));
    const isShown = (endpoint: string) => {
      const [method = '', path = ''] = endpoint.split(' ');
      const pattern = new RegExp(`\\$BASE${path.replaceAll(/\[\w+\]/g, '[^/?" ]+')}(?=[?"\\s]|$)`);
      return commands.some((line) => pattern.test(line) && methodOf(line) === method);
    };
    const all = await endpoints();
    expect(all.length).toBeGreaterThan(10);
    expect(missing(all, isShown)).toEqual([]);
  });

  it('every npm script is in CONTRIBUTING.md', () => {
    const guide = read('CONTRIBUTING.md');
    expect(missing(Object.keys(packageJson.scripts), (name) => guide.includes(`\`${name}\``))).toEqual([]);
  });
});

/** What curl does with these arguments. */
function methodOf(command: string): string {
  const named = /-X (\w+)/.exec(command)?.[1];
  return (
    named ?? (/\s(-d|--data-binary)\b/.test(command) || command.trimEnd().endsWith('\\') ? 'POST' : 'GET')
  );
}
