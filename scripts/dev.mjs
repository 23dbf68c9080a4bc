/** `npm run dev`: Next's development server on localhost (it does not answer to 127.0.0.1), on PORT. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { main } from './support/fail.mjs';
import { liveAndDieWith } from './support/forward-signals.mjs';
import { ROOT } from './support/root.mjs';
import { toolEnvironment } from './support/run.mjs';
import {
  checkPort,
  hostOf,
  loadEnvironmentFiles,
  portOf,
  prepareDataFolder,
} from './support/server-settings.mjs';

await main(async () => {
  loadEnvironmentFiles({ dev: true });
  const port = portOf(process.env);
  const host = hostOf(process.env) ?? 'localhost';
  prepareDataFolder(process.env);
  await checkPort(port, host, 'npm run dev');
  const next = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  const child = spawn(process.execPath, [next, 'dev', '--hostname', host, '--port', String(port)], {
    cwd: ROOT,
    env: toolEnvironment(),
    stdio: 'inherit',
    // Ctrl+C reaches the child through us alone, once.
    detached: process.platform !== 'win32',
  });
  liveAndDieWith(child);
});
