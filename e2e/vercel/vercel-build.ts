import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesOfTheProject } from '@/e2e/deploy/builds';
import { runCommand } from '@/e2e/deploy/run-command';
import { installSeparately } from '@/e2e/support/separate-package';
import { BuildOutput } from './runtime/build-output';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI_SOURCE = join(ROOT, 'e2e/vercel/cli');
const CACHE = join(ROOT, '.cache/vercel');
const CLI = join(CACHE, 'cli');
const PROJECT = join(CACHE, 'project');

const BUILD_MS = 8 * 60_000;

export interface VercelBuild {
  output: BuildOutput;
  seconds: number;
  /** Whether the build ran without any network. */
  isOffline: boolean;
}

/** The output of an earlier run, for work on the checks. */
export const lastBuild = (): VercelBuild => ({
  output: new BuildOutput(PROJECT),
  seconds: 0,
  isOffline: false,
});

/**
 * Installs the Vercel CLI and runs `vercel build` on a copy of the files that would be uploaded, offline and
 * without an account.
 */
export async function buildForVercel(): Promise<VercelBuild> {
  await installSeparately(CLI_SOURCE, CLI);
  rmSync(PROJECT, { recursive: true, force: true });
  for (const file of await filesOfTheProject('.vercelignore')) {
    mkdirSync(dirname(join(PROJECT, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(PROJECT, file));
  }
  linkTree(join(ROOT, 'node_modules'), join(PROJECT, 'node_modules'));
  mkdirSync(join(PROJECT, '.vercel'));
  const settings = {
    framework: 'nextjs',
    nodeVersion: '24.x',
    // Its own `npm install` would remove and rewrite what is installed.
    installCommand: 'true',
  };
  const linked = { projectId: 'prj_local', orgId: 'team_local', settings };
  writeFileSync(join(PROJECT, '.vercel/project.json'), JSON.stringify(linked));

  const home = mkdtempSync(join(tmpdir(), 'confab-vercel-home-'));
  const isOffline = canUnshareNetwork();
  const vercel = join(CLI, 'node_modules/.bin/vercel');
  const build = ['build', '--yes', '--prod', '--token', 'none'];
  const startedAt = Date.now();
  try {
    const { code, output } = await runCommand(
      isOffline ? ['unshare', ...UNSHARE, vercel, ...build] : [vercel, ...build],
      {
        cwd: PROJECT,
        timeoutMs: BUILD_MS,
        environment: {
          ...Object.fromEntries(
            ['HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME'].map((name) => [name, home]),
          ),
          PATH: `${join(PROJECT, 'node_modules/.bin')}:${process.env.PATH}`,
          NEXT_TELEMETRY_DISABLED: '1',
          VERCEL_TELEMETRY_DISABLED: '1',
          NO_UPDATE_NOTIFIER: '1',
        },
      },
    );
    if (code !== 0) throw new Error(`vercel build ended with ${code}:\n${output.slice(-3_000)}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  return { output: new BuildOutput(PROJECT), seconds, isOffline };
}

/** A network namespace without a network: only Linux has it, and not for every user. */
const UNSHARE = ['-rn', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh'];
const canUnshareNetwork = (): boolean =>
  process.platform === 'linux' && spawnSync('unshare', [...UNSHARE, 'ip', 'link']).status === 0;

/** Hard links: the compiler follows no link out of the project, and a copy would take a gigabyte. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    // npm would write into the file itself.
    else if (entry.name === '.package-lock.json') copyFileSync(source, target);
    else linkSync(source, target);
  }
}
