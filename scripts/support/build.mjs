import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { ROOT } from './root.mjs';
import { run } from './run.mjs';

const BUILD_ID = join(ROOT, '.next', 'BUILD_ID');
const STAMP = join(ROOT, '.next', 'confab-build');
const SOURCES = [
  'app',
  'components',
  'lib',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/**
 * Builds, unless the existing build was made from the current sources. Returns whether it built.
 * @throws Problem with the end of the compiler's output.
 */
export async function ensureBuild() {
  const sources = hashOf(SOURCES);
  if (existsSync(STAMP) && existsSync(BUILD_ID) && readFileSync(STAMP, 'utf8') === stampOf(sources))
    return false;
  rmSync(STAMP, { force: true });
  const { code, output } = await run('next', ['build'], {
    quiet: true,
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (code !== 0)
    throw new Problem(
      `The build failed. Output of \`next build\`:\n${output.trim().split('\n').slice(-30).join('\n')}`,
    );
  writeFileSync(STAMP, stampOf(sources));
  return true;
}

/** Includes the build's id, so that a build made by hand since then is not taken for ours. */
const stampOf = (sources) => `${sources} ${readFileSync(BUILD_ID, 'utf8')}`;

function hashOf(names) {
  const hash = createHash('sha256');
  for (const name of names) addTo(hash, join(ROOT, name), name);
  return hash.digest('hex');
}

function addTo(hash, path, name) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    hash.update(`${name}\0`).update(readFileSync(path));
    return;
  }
  for (const entry of readdirSync(path).sort()) addTo(hash, join(path, entry), `${name}/${entry}`);
}
