import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './fail.mjs';
import { ROOT } from './root.mjs';
import { run, systemEnvironment } from './run.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.confab-installed');
const OLDEST_NODE = [20, 9];

/** @throws Problem where Node is too old for the tools that install and build. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Problem(
    `Confab needs Node ${OLDEST_NODE.join('.')} or newer to install itself; this is Node ${process.versions.node}.`,
  );
}

/**
 * Installs exactly what the lock file names, tools and optional packages (Node 24 is one) included, unless that was
 * done before. Answers whether anything was installed.
 * @throws Problem where the registry cannot be reached or npm fails.
 */
export async function ensurePackages() {
  const lock = lockHash();
  if (existsSync(STAMP) ? readFileSync(STAMP, 'utf8') === lock : wasInstalledByHand()) return false;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run('npm', args, { quiet: true, base: systemEnvironment() });
  if (code !== 0) throw new Problem(sentenceFor(output));
  writeFileSync(STAMP, lock);
  return true;
}

/** Someone ran `npm install` before us: npm's own note is as new as the lock file, and nothing was left out. */
function wasInstalledByHand() {
  const note = join(MODULES, '.package-lock.json');
  const complete = ['node', 'next', 'biome', 'playwright'].every((tool) =>
    existsSync(join(MODULES, '.bin', tool)),
  );
  return complete && existsSync(note) && statSync(note).mtimeMs >= statSync(LOCK).mtimeMs;
}

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

function sentenceFor(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output))
    return 'The packages could not be installed: the npm registry cannot be reached from here. Connect to the network (or set the registry with `npm config set registry`), then run it again.';
  return `The packages could not be installed; \`npm ci\` said:\n${output.trim().split('\n').slice(-15).join('\n')}`;
}
