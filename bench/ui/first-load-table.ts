import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NEXT = `${ROOT}/node_modules/next/dist/bin/next`;
const IN_BROWSER = '[client-fs]';

/** The parts of the analyzer's records that are read. Sizes are in bytes; each source is compressed separately. */
type Item =
  | { type: 'part'; filename: string; source_path: string; size: number; compressed_size: number }
  | { type: 'group'; kind: string; outputs: string[] };

/** What is in the first load, and why. The first row that matches a source counts. */
const PARTS: { what: string; why: string; sources: RegExp }[] = [
  { what: 'react-dom', why: 'renders the page', sources: /compiled\/(react-dom|scheduler)\// },
  {
    what: 'react-server-dom',
    why: 'reads the server-rendered page before React hydrates it',
    sources: /compiled\/react-server-dom/,
  },
  { what: 'react', why: 'the components', sources: /compiled\/react\// },
  {
    what: 'next',
    why: 'the router and the error boundaries of every page; they cannot be left out',
    sources: /node_modules\/next\//,
  },
  { what: 'Turbopack', why: 'loads the other scripts', sources: /\[turbopack\]/ },
  { what: 'zustand', why: 'the stores', sources: /node_modules\/zustand\// },
  {
    what: 'uuid',
    why: 'ids, also on plain HTTP, where browsers offer none',
    sources: /node_modules\/uuid\//,
  },
  {
    what: 'lib/chat/strings',
    why: 'the page’s strings in both languages, which can be switched without a reload',
    sources: /lib\/chat\/strings\//,
  },
  { what: 'lib/chat', why: 'turns, events, errors and limits', sources: /lib\/chat\// },
  { what: 'lib/client', why: 'sending, following, the outbox, other browser tabs', sources: /lib\/client\// },
  { what: 'components', why: 'rail, header, welcome, composer, turns', sources: /(components|app)\// },
  { what: 'other', why: 'small packages of Next and of the project', sources: /(?:)/ },
];

/** A table of what is in the first load and why, from Turbopack's own analyzer. */
export async function firstLoadTable(): Promise<string> {
  await runNext(['analyze', '--output', '--experimental-app-only'], () => {});
  const items: Item[] = [];
  await runNext(['analyze', 'export', '--route', '/'], (line) => items.push(JSON.parse(line)));
  const later = new Set(
    items.flatMap((item) => (item.type === 'group' && item.kind === 'async' ? item.outputs : [])),
  );
  const sizes = new Map(PARTS.map((part) => [part, { bytes: 0, packed: 0 }]));
  for (const item of items) {
    if (item.type !== 'part' || later.has(item.filename) || !isScript(item)) continue;
    const part = PARTS.find(({ sources }) => sources.test(item.source_path));
    const size = part && sizes.get(part);
    if (!size) throw new Error(`${item.source_path} matches no row`);
    size.bytes += item.size;
    size.packed += item.compressed_size;
  }
  const rows = [...sizes]
    .filter(([, { bytes }]) => bytes > 0)
    .sort(([, one], [, other]) => other.packed - one.packed)
    .map(
      ([{ what, why }, { bytes, packed }]) =>
        `| ${what} | ${kilobytes(bytes)} | ${kilobytes(packed)} | ${why} |`,
    );
  return [
    '| in the first load | minified | gzip, each file separately | why |',
    '| --- | ---: | ---: | --- |',
    ...rows,
  ].join('\n');
}

/** Excludes polyfills, which only old browsers load (`nomodule`). */
const isScript = ({ filename, source_path }: { filename: string; source_path: string }): boolean =>
  filename.startsWith(IN_BROWSER) && filename.endsWith('.js') && !source_path.includes('polyfill-nomodule');

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

async function runNext(args: string[], onLine: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [NEXT, ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) onLine(line);
  const [code] = await ended;
  if (code !== 0) throw new Error(`next ${args[0]} exited with code ${code}`);
}
