import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE = join(ROOT, 'bench/plain-next');
const PARTS = ['next.config.mjs', 'app/stream/route.js'];

/** Where the plain Next application is built: its sources are copied there, so that nothing is written beside them. */
export const PLAIN_NEXT = join(ROOT, '.cache/plain-next');

/** Builds it unless what is there was built from the same sources by the same Next. */
export async function buildPlainNext(): Promise<void> {
  const sources = await Promise.all(PARTS.map((part) => readFile(join(SOURCE, part), 'utf8')));
  const next = await readFile(join(ROOT, 'node_modules/next/package.json'), 'utf8');
  const wanted = JSON.stringify([JSON.parse(next).version, ...sources]);
  const stamp = join(PLAIN_NEXT, 'built-from.json');
  const built = await readFile(stamp, 'utf8').catch(() => null);
  if (built === wanted) return;
  await rm(PLAIN_NEXT, { recursive: true, force: true });
  await cp(SOURCE, PLAIN_NEXT, { recursive: true });
  await nextBuild(PLAIN_NEXT);
  await writeFile(stamp, wanted);
}

export async function nextBuild(folder: string): Promise<void> {
  const next = join(ROOT, 'node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'build', folder], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`next build of ${folder} ended with ${code}`);
}
