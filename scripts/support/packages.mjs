import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { ROOT } from './root.mjs';
import { run, systemEnvironment } from './run.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.confab-installed');
const OLDEST_NODE = [20, 9];

/** @throws Problem if Node is too old for the tools that install and build. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Problem(
    `Confab needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}.`,
  );
}

/**
 * Files that other package managers leave in `node_modules`. They ignore our lock file and install other
 * versions.
 */
const OTHER_MANAGERS = { '.modules.yaml': 'pnpm', '.yarn-integrity': 'Yarn', '.yarn-state.yml': 'Yarn' };

/**
 * Turns a missing package into a readable message instead of a stack trace of the compiler.
 * @throws Problem unless all packages that a build needs are installed in the versions of the lock file.
 */
export function checkPackages(modules = MODULES) {
  if (!existsSync(join(modules, 'next')))
    throw new Problem('The packages are not installed. Run `npm ci` first.');
  for (const [file, manager] of Object.entries(OTHER_MANAGERS))
    if (existsSync(join(modules, file)))
      throw new Problem(
        `The packages were installed by ${manager}, which does not follow package-lock.json. Remove node_modules and run \`npm ci\`.`,
      );
  if (!existsSync(join(modules, 'typescript')))
    throw new Problem(
      'The development packages are missing, and the build needs them: they were left out by `--omit=dev` or NODE_ENV=production. Run `npm ci --include=dev`.',
    );
  const scope = join(modules, '@next');
  if (!existsSync(scope) || !readdirSync(scope).some((name) => name.startsWith('swc-')))
    throw new Problem(
      "Next's compiler is missing, because the optional packages were left out. Run `npm ci --include=optional`.",
    );
}

/**
 * Installs exactly the packages of the lock file, including development tools and optional packages (such as Node 24),
 * unless they are installed already. Returns whether it installed anything.
 * @throws Problem if the registry cannot be reached or npm fails.
 */
export async function ensurePackages() {
  const lock = lockHash();
  if (existsSync(STAMP) ? readFileSync(STAMP, 'utf8') === lock : wasInstalledByHand()) return false;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run('npm', args, { quiet: true, base: systemEnvironment() });
  if (code !== 0) throw new Problem(failureMessage(output));
  writeFileSync(STAMP, lock);
  return true;
}

/** Whether `npm install` was run by hand: npm's own record is as new as the lock file, and no tool is missing. */
function wasInstalledByHand() {
  const record = join(MODULES, '.package-lock.json');
  const complete = ['node', 'next', 'biome', 'playwright'].every((tool) =>
    existsSync(join(MODULES, '.bin', tool)),
  );
  return complete && existsSync(record) && statSync(record).mtimeMs >= statSync(LOCK).mtimeMs;
}

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

function failureMessage(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output))
    return 'The packages could not be installed because the npm registry cannot be reached. Check your network connection (or set another registry with `npm config set registry`), then try again.';
  return `The packages could not be installed. Output of \`npm ci\`:\n${output.trim().split('\n').slice(-15).join('\n')}`;
}
