import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Who may import whom (`docs/architecture.md`): the rules are data, the test reads every product file. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REACT = ['react', 'react-dom'];

interface Part {
  rule: string;
  /** The files it is about. */
  folder: string;
  /** What they may import of our own: these folders and files. */
  own: string[];
  /** Which packages, by name; 'server' is every package but React's and Next's, Node's own included. */
  packages: string[] | 'server' | 'any';
}

const PARTS: Part[] = [
  { rule: '1. lib/chat imports only lib/chat', folder: 'lib/chat', own: ['lib/chat'], packages: [] },
  {
    rule: '2. lib/server imports lib/chat and server packages, never React or a browser part',
    folder: 'lib/server',
    own: ['lib/chat', 'lib/server', 'package.json'],
    packages: 'server',
  },
  {
    rule: '3. lib/client imports lib/chat, React, zustand and small browser packages',
    folder: 'lib/client',
    own: ['lib/chat', 'lib/client'],
    packages: [...REACT, 'zustand', 'eventsource-parser'],
  },
  {
    rule: '4. components import lib/client, lib/chat, React and view packages',
    folder: 'components',
    own: ['components', 'lib/client', 'lib/chat'],
    packages: [
      ...REACT,
      'react-markdown',
      'remark-gfm',
      'remark-cjk-friendly',
      'remark-cjk-friendly-gfm-strikethrough',
      'katex',
      'mermaid',
    ],
  },
  ...['app', 'proxy.ts', 'instrumentation.ts'].map(
    (folder): Part => ({
      rule: `5. ${folder} may import any product file`,
      folder,
      own: ['app', 'components', 'lib'],
      packages: 'any',
    }),
  ),
];

interface Ban {
  rule: string;
  folders: string[];
  except: string[];
  words: RegExp;
}

const BANS: Ban[] = [
  {
    rule: '1. lib/chat knows no clock and no randomness',
    folders: ['lib/chat'],
    except: [],
    words: /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)|\bcrypto\b|\bperformance\b/,
  },
  {
    rule: "2. one file reads the process's environment",
    folders: ['lib', 'components', 'app', 'proxy.ts'],
    except: ['lib/server/env.ts'],
    // These two are no settings: the bundler puts a constant in their place.
    words: /\bprocess\.env\b(?!\.(NODE_ENV|BUILT_BASE_PATH)\b)/,
  },
  {
    rule: '2. instrumentation.ts reads of the environment only where it runs',
    folders: ['instrumentation.ts'],
    except: [],
    words: /\bprocess\.env\b(?!\.NEXT_RUNTIME\b)/,
  },
  {
    rule: '2. OpenTelemetry is loaded by one file, and that file only where there is a collector',
    folders: ['lib', 'components', 'app', 'proxy.ts', 'instrumentation.ts'],
    except: ['lib/server/tracing/start-tracing.ts'],
    words: /^import (?!type\b)[^;]*(@opentelemetry\/|start-tracing')/m,
  },
  {
    rule: '3. and 4. one file of the browser calls fetch',
    folders: ['lib/client', 'components'],
    // The script before the page's own is text.
    except: ['lib/client/http/api.ts', 'lib/client/actions/early-calls-script.ts'],
    words: /\bfetch\s*\(/,
  },
];

/** Longest handler of `app/api` that still is a screenful. */
const SCREENFUL_LINES = 70;

describe('who may import whom', () => {
  it.each(PARTS)('$rule', ({ folder, own, packages }) => {
    const mayImport = (file: string, name: string) => {
      const target = ownTarget(file, name);
      return target ? own.some((part) => isWithin(target, part)) : allowsPackage(packages, name);
    };
    expect(
      offenders(productFiles(folder), (file) => importsOf(file).filter((name) => !mayImport(file, name))),
    ).toEqual([]);
  });

  it('6. no product file imports a test or a test runner', () => {
    const isForTests = (file: string, name: string) =>
      isTest(ownTarget(file, name) ?? '') || /^(vitest|fast-check|@playwright\/)/.test(name);
    expect(
      offenders(allProductFiles(), (file) => importsOf(file).filter((name) => isForTests(file, name))),
    ).toEqual([]);
  });

  it('the prompts of the assistants are imported by the server only', () => {
    const isPrompts = (file: string, name: string) => ownTarget(file, name) === 'lib/chat/assistant-prompts';
    const outside = allProductFiles().filter((file) => !file.startsWith('lib/server/'));
    expect(offenders(outside, (file) => importsOf(file).filter((name) => isPrompts(file, name)))).toEqual([]);
  });
});

it('7. no files import each other in a circle, types included', () => {
  expect(importCircles(allProductFiles())).toEqual([]);
});

/** The layers of `lib/client`: each imports only itself and those before it. */
const CLIENT_LAYERS = ['browser', 'http', 'state', 'sync', 'actions', 'hooks'].map(
  (layer) => `lib/client/${layer}`,
);

describe('the layers of lib/client', () => {
  it.each(CLIENT_LAYERS)('%s imports only itself and the layers before it', (layer) => {
    const below = CLIENT_LAYERS.slice(0, CLIENT_LAYERS.indexOf(layer) + 1);
    const isAbove = (file: string, name: string) => {
      const target = ownTarget(file, name);
      return target?.startsWith('lib/client/') && !below.some((allowed) => isWithin(target, allowed));
    };
    expect(
      offenders(productFiles(layer), (file) => importsOf(file).filter((name) => isAbove(file, name))),
    ).toEqual([]);
  });

  it('every file of lib/client is in a layer', () => {
    const outside = productFiles('lib/client').filter(
      (file) => !CLIENT_LAYERS.some((layer) => isWithin(file, layer)),
    );
    expect(outside).toEqual([]);
  });
});

describe('what only one place does', () => {
  it.each(BANS)('$rule', ({ folders, except, words }) => {
    const files = folders.flatMap(productFiles).filter((file) => !except.includes(file));
    expect(offenders(files, (file) => words.exec(codeOf(file))?.slice(0, 1) ?? [])).toEqual([]);
  });

  it('5. a handler is a screenful at most', () => {
    const handlers = productFiles('app').filter((file) => file.endsWith('/route.ts'));
    const lines = (file: string) => readFileSync(join(ROOT, file), 'utf8').split('\n').length;
    expect(handlers.filter((file) => lines(file) > SCREENFUL_LINES)).toEqual([]);
  });
});

describe('the search for circles', () => {
  it('finds each circle once', () => {
    const imports = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['b', 'd']],
      ['d', []],
    ]);
    expect(circlesIn(imports)).toEqual(['b -> c -> b']);
  });
});

describe('the reader of imports', () => {
  it('sees every form of an import', () => {
    const source = `
      import 'a'; import b from 'b'; import type { C } from 'c'; import * as d from "d";
      import {
        e,
      } from 'e';
      export { f } from 'f'; export * from 'g'; const h = await import('h'); const i = require('i');
      // import 'commented'
    `;
    expect(specifiersOf(withoutComments(source))).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
  });

  it('resolves the alias and relative names to one form', () => {
    expect(ownTarget('lib/chat/x.ts', '@/lib/server/env')).toBe('lib/server/env');
    expect(ownTarget('lib/chat/x.ts', '../server/env.ts')).toBe('lib/server/env');
    expect(ownTarget('lib/chat/x.ts', 'zod')).toBeNull();
  });
});

/** Each circle of imports among these files, as `a -> b -> a`. */
function importCircles(files: string[]): string[] {
  const byTarget = new Map(
    files.flatMap((file) => {
      const name = file.replace(/\.tsx?$/, '');
      return [name, ...(name.endsWith('/index') ? [dirname(name)] : [])].map((one) => [one, file] as const);
    }),
  );
  const importedBy = (file: string) =>
    importsOf(file).flatMap((name) => byTarget.get(ownTarget(file, name) ?? '') ?? []);
  return circlesIn(new Map(files.map((file) => [file, importedBy(file)])));
}

function circlesIn(imports: ReadonlyMap<string, string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

/** `file: what it should not hold`, for each file where something was found. */
function offenders(files: string[], find: (file: string) => string[]): string[] {
  expect(files.length, 'the rule is about files that exist').toBeGreaterThan(0);
  return files.flatMap((file) => find(file).map((found) => `${file}: ${found}`));
}

function allProductFiles(): string[] {
  return ['app', 'components', 'lib', 'proxy.ts', 'instrumentation.ts'].flatMap(productFiles);
}

/** Every file of ours under a folder (or that file itself), tests left out. */
function productFiles(path: string): string[] {
  const full = join(ROOT, path);
  const found = statSync(full, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .map((name) => relative(ROOT, join(full, name)))
    .filter((file) => /\.tsx?$/.test(file) && !isTest(file))
    .sort();
}

const TEST_FOLDERS = ['e2e', 'bench', 'lib/server/store/contract', 'lib/client/testing'];

function isTest(file: string): boolean {
  return /\.test(\.tsx?)?$/.test(file) || TEST_FOLDERS.some((folder) => isWithin(file, folder));
}

const isWithin = (file: string, part: string) =>
  file === part || file.startsWith(`${part}/`) || file === part.replace(/\.tsx?$/, '');

/** A name of ours as a path from the root without its ending; null for a package. */
function ownTarget(file: string, name: string): string | null {
  const path = name.startsWith('@/')
    ? name.slice(2)
    : name.startsWith('.')
      ? join(dirname(file), name)
      : null;
  return path === null ? null : normalize(path).replace(/\.(tsx?|mjs|js)$/, '');
}

function allowsPackage(allowed: Part['packages'], name: string): boolean {
  if (allowed === 'any') return true;
  const packageName = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
  if (allowed !== 'server') return allowed.includes(packageName) && !isBuiltin(name);
  return ![...REACT, 'zustand', 'next'].includes(packageName) || SERVER_PARTS_OF_NEXT.has(name);
}

/** What Next gives to server code itself: `after()` keeps a function alive. */
const SERVER_PARTS_OF_NEXT = new Set(['next/server']);

const importsOf = (file: string) => specifiersOf(codeOf(file));

const codeOf = (file: string) => withoutComments(readFileSync(join(ROOT, file), 'utf8'));

/** Line comments are cut where nothing that looks like an address (`://`) precedes them. */
const withoutComments = (source: string) =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');

function specifiersOf(code: string): string[] {
  const form = /(?:\bfrom|\bimport|\b(?:import|require)\s*\()\s*(['"])([^'"\n]+)\1/g;
  return [...code.matchAll(form)].map((match) => match[2] ?? '');
}
