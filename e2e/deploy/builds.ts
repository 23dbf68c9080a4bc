import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILDS = join(ROOT, '.cache/deploy');
const BUILD_MS = 10 * 60_000;

/** The path of the build that is served under one. */
export const BASE_PATH = '/chat';

/** What is built, and what has to be there afterwards. */
const KINDS = {
  plain: { script: 'build', environment: {}, made: '.next/BUILD_ID' },
  standalone: { script: 'build:standalone', environment: {}, made: '.next/standalone/server.js' },
  'base-path': { script: 'build', environment: { BASE_PATH }, made: '.next/BUILD_ID' },
} as const;

export type BuildKind = keyof typeof KINDS;

export interface Build {
  /** The copy of the project that it was made in. */
  root: string;
  /** What the build printed. */
  output: string;
}

/**
 * Builds in a copy of the project, so that the developer's own build stays. The copy holds what a container's build
 * would get: the files of git, without what `.dockerignore` leaves out. It is kept for the next run with the same files.
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
      // As on a new machine: where the framework has not asked for anything yet.
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

/** As git knows them, new ones included, without what this file tells a platform to leave out. */
export async function filesOfTheProject(ignoreFile: string | null): Promise<string[]> {
  const { code, output } = await runCommand(
    ['git', 'ls-files', '--cached', '--others', '--exclude-standard'],
    { cwd: ROOT },
  );
  if (code !== 0) throw new Error(`git ls-files: ${output}`);
  const ignored = ignoreFile === null ? () => false : ignoredBy(ignoreFile);
  return output.split('\n').filter((file) => file && !ignored(file) && existsSync(join(ROOT, file)));
}

/** A pattern leaves out what it matches and everything below that. */
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
