import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NEXT = `${ROOT}/node_modules/next/dist/bin/next`;
const IN_BROWSER = '[client-fs]';

/** What is read of the analyzer's records. Sizes are bytes; packed is each source by itself, so more than in a whole. */
type Item =
  | { type: 'part'; filename: string; source_path: string; size: number; compressed_size: number }
  | { type: 'group'; kind: string; outputs: string[] };

/** Why each of them is in the first load; the first row that fits a source counts. */
const PARTS: { what: string; why: string; sources: RegExp }[] = [
  { what: 'react-dom', why: 'draws the page', sources: /compiled\/(react-dom|scheduler)\// },
  {
    what: 'react-server-dom',
    why: 'reads what the server rendered, before React takes the page over',
    sources: /compiled\/react-server-dom/,
  },
  { what: 'react', why: 'the components', sources: /compiled\/react\// },
  {
    what: 'next',
    why: 'its router and its boundaries start every page; they cannot be left out',
    sources: /node_modules\/next\//,
  },
  { what: 'Turbopack', why: 'loads the other parts', sources: /\[turbopack\]/ },
  { what: 'zustand', why: 'the stores', sources: /node_modules\/zustand\// },
  {
    what: 'uuid',
    why: 'ids, also where the browser makes none (plain http)',
    sources: /node_modules\/uuid\//,
  },
  {
    what: 'lib/chat/words',
    why: 'what the page says, in both languages: one is chosen without a reload',
    sources: /lib\/chat\/words\//,
  },
  { what: 'lib/chat', why: 'turns, events, the stream’s codec', sources: /lib\/chat\// },
  { what: 'lib/client', why: 'sending, following, what waits, other tabs', sources: /lib\/client\// },
  { what: 'components', why: 'rail, header, welcome, composer, turns', sources: /(components|app)\// },
  { what: 'the rest', why: 'small packages of Next and ours', sources: /(?:)/ },
];

/** What is in the first load and why, by Turbopack's own analyzer, as a table. */
export async function firstLoadTable(): Promise<string> {
  await read(['analyze', '--output', '--experimental-app-only'], () => {});
  const items: Item[] = [];
  await read(['analyze', 'export', '--route', '/'], (line) => items.push(JSON.parse(line)));
  const later = new Set(
    items.flatMap((item) => (item.type === 'group' && item.kind === 'async' ? item.outputs : [])),
  );
  const sizes = new Map(PARTS.map((part) => [part, { bytes: 0, packed: 0 }]));
  for (const item of items) {
    if (item.type !== 'part' || later.has(item.filename) || !isScript(item)) continue;
    const part = PARTS.find(({ sources }) => sources.test(item.source_path));
    const size = part && sizes.get(part);
    if (!size) throw new Error(`${item.source_path} belongs to nothing`);
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
    '| in the first load | minified | gzip, each file by itself | why |',
    '| --- | ---: | ---: | --- |',
    ...rows,
  ].join('\n');
}

/** Old browsers' polyfills are fetched by old browsers only (`nomodule`). */
const isScript = ({ filename, source_path }: { filename: string; source_path: string }): boolean =>
  filename.startsWith(IN_BROWSER) && filename.endsWith('.js') && !source_path.includes('polyfill-nomodule');

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

async function read(args: string[], onLine: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [NEXT, ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) onLine(line);
  const [code] = await ended;
  if (code !== 0) throw new Error(`next ${args[0]} ended with ${code}`);
}
