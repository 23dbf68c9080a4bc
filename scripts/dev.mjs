/** `npm run dev`: Next's development server on PORT. Listens on localhost, because it does not accept 127.0.0.1. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { basePathOf } from './support/base-path.mjs';
import { loadEnvironmentFiles } from './support/environment-files.mjs';
import { followChild } from './support/follow-child.mjs';
import { main } from './support/problem.mjs';
import { ROOT } from './support/root.mjs';
import { toolEnvironment } from './support/run.mjs';
import { checkPort, hostOf, portOf, prepareDataFolder } from './support/server-settings.mjs';

/** Ends this process if the server would refuse the settings: Next would say that it is ready first. */
function checkSettings() {
  const check = join(ROOT, 'scripts', 'support', 'check-settings.ts');
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', check], {
    cwd: ROOT,
    // `next.config.mjs` sets this in the server; the check runs without it.
    env: { ...process.env, BUILT_BASE_PATH: basePathOf(process.env) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

await main(async () => {
  loadEnvironmentFiles({ dev: true });
  const port = portOf(process.env);
  const host = hostOf(process.env) ?? 'localhost';
  // The server answers only to names of loopback if it is bound to it.
  process.env.HOST = host;
  checkSettings();
  prepareDataFolder(process.env);
  await checkPort(port, host, 'npm run dev');
  const next = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  const child = spawn(process.execPath, [next, 'dev', '--hostname', host, '--port', String(port)], {
    cwd: ROOT,
    env: toolEnvironment({ NEXT_TELEMETRY_DISABLED: '1' }),
    stdio: 'inherit',
    // Its own process group, so that Ctrl+C reaches the child once, through this process.
    detached: process.platform !== 'win32',
  });
  followChild(child);
});
