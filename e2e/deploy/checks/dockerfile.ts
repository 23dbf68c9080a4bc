import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DeployCheck, must, NotAvailable } from '../deploy-check';
import { runCommand } from '../run-command';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCE = fileURLToPath(new URL('../linters', import.meta.url));
const FOLDER = join(ROOT, '.cache/deploy/linters');

/** A package of its own, so that only this check waits for it. Skipped if it is up to date. */
async function linter(name: 'dockerfile-utils' | 'dclint'): Promise<string> {
  const lock = await readFile(join(SOURCE, 'package-lock.json'), 'utf8');
  const installed = await readFile(join(FOLDER, 'package-lock.json'), 'utf8').catch(() => null);
  if (installed !== lock) {
    await mkdir(FOLDER, { recursive: true });
    await cp(join(SOURCE, 'package.json'), join(FOLDER, 'package.json'));
    const lockFile = join(FOLDER, 'package-lock.json');
    await writeFile(lockFile, lock);
    const { code, output } = await runCommand(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: FOLDER,
    });
    if (code !== 0) {
      await writeFile(lockFile, '');
      throw new NotAvailable(`npm could not install the linters:\n${output.slice(-500)}`);
    }
  }
  return join(FOLDER, 'node_modules/.bin', name);
}

/** `planted` is a file with one mistake, which the linter has to find. */
async function lint(command: [string, ...string[]], file: string, planted: string): Promise<string> {
  const { code, output } = await runCommand([...command, join(ROOT, file)]);
  must(code === 0 && output.trim() === '', `${file}:\n${output}`);
  const control = await runCommand([...command, planted]);
  must(control.code !== 0, `the linter finds no fault in a file with one: ${planted}`);
  return `${file}: no finding, and a planted mistake is found`;
}

export const dockerfile: DeployCheck[] = [
  {
    name: 'lint Dockerfile',
    promise: 'dockerfile-utils has nothing to say about the Dockerfile',
    async run(lab) {
      const planted = join(await lab.folder(), 'Dockerfile');
      await writeFile(planted, 'FROM debian\nCMD ["true"\nRUNN false\n');
      return lint([await linter('dockerfile-utils'), 'lint'], 'Dockerfile', planted);
    },
  },
  {
    name: 'lint compose.yaml',
    promise: 'dclint has nothing to say about compose.yaml, no warning either',
    async run(lab) {
      const planted = join(await lab.folder(), 'compose.yaml');
      await writeFile(planted, "services:\n  one:\n    image: redis\n    ports:\n      - '6379:6379'\n");
      return lint([await linter('dclint'), '--max-warnings', '0'], 'compose.yaml', planted);
    },
  },
];
