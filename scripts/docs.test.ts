import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = ['README.md', 'CONTRIBUTING.md', ...markdownFilesOf('docs')];
const FOLDERS = ['.github', 'app', 'bench', 'components', 'docs', 'e2e', 'lib', 'public', 'scripts'];
const FILES = [
  ...readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])),
  ...FOLDERS.flatMap(pathsIn),
];

describe.each(DOCS)('%s', (doc) => {
  const markdown = readFileSync(join(ROOT, doc), 'utf8');

  it('names only files and folders that exist', () => {
    expect(pathsNamedIn(markdown).filter((path) => !existsInRepository(path))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const targets = relativeLinksIn(markdown).map((link) => join(dirname(doc), link));
    expect(targets.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
  });
});

describe('the reader of docs', () => {
  it('finds the paths in code, alone or in a command', () => {
    const markdown = [
      'In `lib/chat/turn.ts`, `turn.ts` and `components`, not in `turn.reply` or `/api/health`.',
      'Also `e2e/faults/*-faults.ts`; run `npm run unit -- lib/server` and `node .next/standalone/server.js`.',
      '```sh',
      'npm run unit -- lib/chat # some of app/page.tsx',
      '```',
      '```mermaid',
      'lib/drawing.ts',
      '```',
    ].join('\n');
    expect(pathsNamedIn(markdown)).toEqual([
      ...['lib/chat/turn.ts', 'turn.ts', 'e2e/faults/*-faults.ts', 'lib/server', 'lib/chat'],
      'app/page.tsx',
    ]);
  });

  it('finds a path from the root, the end of one, and a pattern', () => {
    expect(existsInRepository('scripts/docs.test.ts')).toBe(true);
    expect(existsInRepository('scripts')).toBe(true);
    expect(existsInRepository('docs.test.ts')).toBe(true);
    expect(existsInRepository('scripts/*.test.ts')).toBe(true);
    expect(existsInRepository('docs/docs.test.ts')).toBe(false);
    expect(existsInRepository('ocs.test.ts')).toBe(false);
  });

  it('finds links to files, without their anchors', () => {
    const markdown = '[a](docs/api.md#errors) [b](https://example.com/x.md) [c](#here) ![d](docs/d.png)';
    expect(relativeLinksIn(markdown)).toEqual(['docs/api.md', 'docs/d.png']);
  });
});

/** The words in inline code and in shell blocks that look like a path of this repository. */
function pathsNamedIn(markdown: string): string[] {
  const shell = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');
  const inline = [...markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)];
  const code = [...inline.map((match) => match[1] ?? ''), ...shell];
  return code.flatMap((text) => text.split(/\s+/)).filter(looksLikePath);
}

function looksLikePath(word: string): boolean {
  if (!/^[\w.*-]+(\/[\w.*-]+)*$/.test(word)) return false;
  const [first = '', ...rest] = word.split('/');
  return (FOLDERS.includes(first) && rest.length > 0) || /\w\.(tsx?|mjs|md|json|ya?ml|css)$/.test(word);
}

/** A path may leave out its first folders, as in `turn.ts`, and may be a pattern. */
function existsInRepository(path: string): boolean {
  const pattern = path.replace(/[.\\+?^${}()|[\]]/g, '\\$&').replaceAll('*', '[^/]*');
  const whole = new RegExp(FOLDERS.includes(path.split('/')[0] ?? '') ? `^${pattern}$` : `(^|/)${pattern}$`);
  return FILES.some((file) => whole.test(file));
}

function relativeLinksIn(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^[a-z]+:/.test(link));
}

function markdownFilesOf(folder: string): string[] {
  return pathsIn(folder).filter((path) => path.endsWith('.md'));
}

/** The folder, and all files and folders in it. */
function pathsIn(folder: string): string[] {
  const inside = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return [folder, ...inside.map((name) => relative(ROOT, join(ROOT, folder, name)))];
}
