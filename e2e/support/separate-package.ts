import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '@/e2e/deploy/run-command';

/** Beside the packages, so that an install that was cut off is not taken for a whole one. */
const INSTALLED = 'node_modules/.installed-lock.json';
const INSTALL_MS = 5 * 60_000;

/**
 * Installs the package in `source`, which has dependencies that only one command needs, into `folder`. Skipped if it is
 * up to date. @throws with npm's output.
 */
export async function installSeparately(source: string, folder: string): Promise<void> {
  const lock = join(source, 'package-lock.json');
  const installed = await readFile(join(folder, INSTALLED), 'utf8').catch(() => null);
  if (installed === (await readFile(lock, 'utf8'))) return;
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) await cp(join(source, name), join(folder, name));
  // Not `npm ci`: it refuses a lock without the native packages of other platforms, which not every registry has.
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await runCommand(['npm', 'install', '--no-save', '--ignore-scripts', ...quietly], {
    cwd: folder,
    timeoutMs: INSTALL_MS,
  });
  if (code !== 0) throw new Error(`npm could not install ${source}:\n${output.slice(-1_000)}`);
  await cp(lock, join(folder, INSTALLED));
}
