import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The baseline applications. */
export type NextApp = 'plain-next' | 'whole-text-page';

/** The folder in which an application is built, from a copy of its sources. */
export const builtApp = (name: NextApp): string => join(ROOT, '.cache', name);

/** Builds an application, unless it was built from the same sources with the same version of Next. */
export async function buildNextApp(name: NextApp): Promise<void> {
  const source = join(ROOT, 'bench', name);
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sources = await Promise.all(files.sort().map((file) => readFile(file, 'utf8')));
  const next = await readFile(join(ROOT, 'node_modules/next/package.json'), 'utf8');
  const wanted = JSON.stringify([JSON.parse(next).version, ...sources]);
  const stamp = join(builtApp(name), 'built-from.json');
  const built = await readFile(stamp, 'utf8').catch(() => null);
  if (built === wanted) return;
  await rm(builtApp(name), { recursive: true, force: true });
  await cp(source, builtApp(name), { recursive: true });
  await nextBuild(builtApp(name));
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
  if (code !== 0) throw new Error(`next build of ${folder} exited with code ${code}`);
}
