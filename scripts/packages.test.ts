import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import packageJson from '@/package.json' with { type: 'json' };
// @ts-expect-error: a script without types, which Node runs as it is.
import { basePathOf } from './support/base-path.mjs';
// @ts-expect-error: a script without types, which Node runs as it is.
import { memoryAdvice } from './support/memory.mjs';
// @ts-expect-error: a script without types, which Node runs as it is.
import { checkPackages } from './support/packages.mjs';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A `node_modules` with these folders and files. */
function modules(...paths: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'confab-modules-'));
  folders.push(root);
  for (const path of paths)
    if (path.startsWith('.')) writeFileSync(join(root, path), '');
    else mkdirSync(join(root, path), { recursive: true });
  return root;
}

const COMPLETE = ['next', 'typescript', '@next/env', '@next/swc-linux-x64-gnu'];

describe('what a build needs', () => {
  it('is there after npm ci', () => {
    expect(() => checkPackages(modules(...COMPLETE))).not.toThrow();
  });

  it.each([
    ['nothing is installed', [], '`npm ci`'],
    ['--omit=optional', ['next', 'typescript', '@next/env'], '--include=optional'],
    ['--omit=optional, without any package of @next', ['next', 'typescript'], '--include=optional'],
    ['--omit=dev', ['next', '@next/swc-linux-x64-gnu'], '--include=dev'],
    ['pnpm', [...COMPLETE, '.modules.yaml'], 'by pnpm'],
    ['Yarn 1', [...COMPLETE, '.yarn-integrity'], 'by Yarn'],
    ['Yarn 4', [...COMPLETE, '.yarn-state.yml'], 'by Yarn'],
  ])('is missed in a sentence with: %s', (_what, paths, sentence) => {
    expect(() => checkPackages(modules(...paths))).toThrow(sentence);
  });
});

it('pnpm and Yarn read in package.json that this project uses npm, and stop', () => {
  expect(packageJson.packageManager).toMatch(/^npm@\d+\.\d+\.\d+$/);
});

describe('the memory for a build', () => {
  it.each([512, 1_000, 1_500])('is missed before it starts with %i MB', (megabytes) => {
    expect(memoryAdvice(megabytes)).toMatch(/needs about 2 GB of memory, and there are \d\.\d GB here/);
  });

  it.each([1_950, 2_048, 16_000])('is enough with %i MB', (megabytes) => {
    expect(memoryAdvice(megabytes)).toBeNull();
  });
});

describe('BASE_PATH', () => {
  it.each([
    [undefined, ''],
    ['', ''],
    [' ', ''],
    ['/', ''],
    ['//', ''],
    ['/chat', '/chat'],
    [' /chat/ ', '/chat'],
    ['/apps/chat_2.0~x', '/apps/chat_2.0~x'],
  ])('%j is %j', (given, path) => {
    expect(basePathOf({ BASE_PATH: given })).toBe(path);
  });

  it.each([
    'chat',
    'https://example.org/chat',
    '/a//b',
    '/../x',
    '/.hidden',
    '/a b',
    '/a?b',
    '/%61',
    '/聊天',
  ])('%j is refused by name', (given) => {
    expect(() => basePathOf({ BASE_PATH: given })).toThrow('BASE_PATH must be a path such as /chat');
  });
});
