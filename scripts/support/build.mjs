import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basePathOf } from './base-path.mjs';
import { memoryAdvice, memoryOf } from './memory.mjs';
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
  'public',
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
  await build({}, { quiet: true });
  writeFileSync(STAMP, stampOf(sources));
  return true;
}

/** The types of the product; the tests have a check of their own (`npm run typecheck`). */
const TYPE_CHECK = [
  ['next', 'typegen'],
  ['tsc', '--noEmit', '--incremental', 'false', '--project', 'tsconfig.build.json'],
];

/**
 * Checks the types and runs `next build`, after a warning if there may be too little memory.
 * @throws Problem with the reason if one of them fails; includes the end of its output if `quiet`.
 */
export async function build(env = {}, { quiet = false, args = [] } = {}) {
  const advice = memoryAdvice(memoryOf());
  if (advice) console.log(advice);
  checkBasePath();
  const options = { quiet, env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env } };
  for (const [command, ...rest] of [...TYPE_CHECK, ['next', 'build', ...args]]) {
    const { code, signal, output } = await run(command, rest, options);
    if (code !== 0) throw asProblem(command, signal, output);
  }
}

function asProblem(command, signal, output) {
  const end = output.trim().split('\n').slice(-30).join('\n');
  if (signal === 'SIGKILL' || /SIGKILL|out of memory/.test(end))
    return new Problem(
      `The build was killed, most likely because the memory was used up. It needs about 2 GB: add swap, or build on another machine and copy the folder (\`npm run build:standalone\`).${end && `\n${end}`}`,
    );
  return new Problem(`The build failed.${end && ` Output of \`${command}\`:\n${end}`}`);
}

function checkBasePath() {
  try {
    basePathOf(process.env);
  } catch (error) {
    throw new Problem(error.message);
  }
}

/** Includes the build's id, so that a build made by hand since then is not taken for ours. */
const stampOf = (sources) => `${sources} ${readFileSync(BUILD_ID, 'utf8')}`;

function hashOf(names) {
  const hash = createHash('sha256');
  for (const name of names) addTo(hash, join(ROOT, name), name);
  // The one setting that a build bakes in.
  hash.update(`${basePathOf(process.env)}\0`);
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
