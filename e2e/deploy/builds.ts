import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILDS = join(ROOT, '.cache/deploy');
const BUILD_MS = 10 * 60_000;

/** The base path of the build that has one. */
export const BASE_PATH = '/chat';

/** What to build, and the files that have to exist afterwards. */
const KINDS = {
  plain: { script: 'build', environment: {}, made: '.next/BUILD_ID' },
  standalone: { script: 'build:standalone', environment: {}, made: '.next/standalone/server.js' },
  'base-path': { script: 'build', environment: { BASE_PATH }, made: '.next/BUILD_ID' },
} as const;

export type BuildKind = keyof typeof KINDS;

export interface Build {
  /** The copy of the project in which it was made. */
  root: string;
  /** The output of the build. */
  output: string;
}

/**
 * Builds in a copy of the project, so that the developer's own build is kept. The copy has the files that a
 * container build would get: those of git, without the ones in `.dockerignore`. It is reused while the files
 * stay the same.
 */
export async function ensureBuild(kind: BuildKind): Promise<Build> {
  const { script, environment, made } = KINDS[kind];
  const root = join(BUILDS, kind);
  const stamp = join(root, '.next/deploy-check-stamp');
  const files = await filesOfTheProject(kind === 'standalone' ? '.dockerignore' : null);
  const log = join(root, '.next/deploy-check-output');
  const hash = hashOf(files);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash)
    return { root, output: readFileSync(log, 'utf8') };
  console.log(`deploy-check: building (${kind})`);
  await rm(root, { recursive: true, force: true });
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await cp(join(ROOT, file), join(root, file));
  }
  // Hard links: Next follows no link out of the project, and a copy would take half a gigabyte.
  await runCommand(['cp', '-al', join(ROOT, 'node_modules'), join(root, 'node_modules')]);
  const { code, output } = await runCommand(['npm', 'run', script], {
    cwd: root,
    environment: {
      ...environment,
      // An empty configuration folder, as on a machine where Next has never run.
      XDG_CONFIG_HOME: join(root, '.cache/config'),
      PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
    },
    timeoutMs: BUILD_MS,
  });
  if (code !== 0 || !existsSync(join(root, made)))
    throw new Error(`npm run ${script} ended with ${code}:\n${output.slice(-3000)}`);
  await writeFile(log, output);
  await writeFile(stamp, hash);
  return { root, output };
}

/** The files of git, including new ones, without those that this ignore file excludes. */
export async function filesOfTheProject(ignoreFile: string | null): Promise<string[]> {
  const { code, output } = await runCommand(
    ['git', 'ls-files', '--cached', '--others', '--exclude-standard'],
    { cwd: ROOT },
  );
  if (code !== 0) throw new Error(`git ls-files: ${output}`);
  const ignored = ignoreFile === null ? () => false : ignoredBy(ignoreFile);
  return output.split('\n').filter((file) => file && !ignored(file) && existsSync(join(ROOT, file)));
}

/** A pattern excludes what it matches and everything below it. */
function ignoredBy(ignoreFile: string): (file: string) => boolean {
  const lines = readFileSync(join(ROOT, ignoreFile), 'utf8').split('\n');
  const patterns = lines.filter((line) => line && !line.startsWith('#'));
  return (file) =>
    patterns.some((pattern) => matchesGlob(file, pattern) || matchesGlob(file, `${pattern}/**`));
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}
