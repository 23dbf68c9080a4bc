import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { freePort } from '@/e2e/support/servers/free-port';
import { eventually } from './lab';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test.each([
  ['once it answers', false],
  ['before it has said that it is ready', true],
])(
  'a server whose output pipes are closed %s keeps answering and exits cleanly on SIGTERM',
  async (_, atOnce) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/api/chat/sessions`;
    const server = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: ROOT,
      // Nothing listens on that Redis port, so every request of a guest writes a log line.
      env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', REDIS_URL: 'redis://127.0.0.1:1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const close = () => {
      server.stdout.destroy();
      server.stderr.destroy();
    };
    if (atOnce) close();
    try {
      const status = () =>
        fetch(url, { headers: { cookie: 'confab_guest=a.b' }, signal: AbortSignal.timeout(5000) }).then(
          (response) => response.status,
          () => 0, // not listening yet
        );
      await eventually(status, (code) => code === 503);
      close();
      for (let n = 0; n < 3; n += 1) expect(await status()).toBe(503);
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
    } finally {
      server.kill('SIGKILL');
    }
  },
);
