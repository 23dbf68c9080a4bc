import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { must, NotAvailable } from '../../support/run-checks';
import { freePort } from '../../support/servers/free-port';
import type { DeployCheck } from '../deploy-check';
import { runCommand } from '../run-command';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCE = fileURLToPath(new URL('../linters', import.meta.url));
const FOLDER = join(ROOT, '.cache/deploy/linters');

/** A separate package, so that only this check waits for its installation. Skipped if it is up to date. */
async function linter(name: 'dockerfile-utils' | 'dclint'): Promise<string> {
  const lock = await readFile(join(SOURCE, 'package-lock.json'), 'utf8');
  const installed = await readFile(join(FOLDER, 'package-lock.json'), 'utf8').catch(() => null);
  if (installed !== lock) {
    await mkdir(FOLDER, { recursive: true });
    await cp(join(SOURCE, 'package.json'), join(FOLDER, 'package.json'));
    const lockFile = join(FOLDER, 'package-lock.json');
    await writeFile(lockFile, lock);
    const { code, output } = await runCommand(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: FOLDER,
    });
    if (code !== 0) {
      await writeFile(lockFile, '');
      throw new NotAvailable(`npm could not install the linters:\n${output.slice(-500)}`);
    }
  }
  return join(FOLDER, 'node_modules/.bin', name);
}

/** `planted` is a file with one mistake, which the linter has to find. */
async function lint(command: [string, ...string[]], file: string, planted: string): Promise<string> {
  const { code, output } = await runCommand([...command, join(ROOT, file)]);
  must(code === 0 && output.trim() === '', `${file}:\n${output}`);
  const control = await runCommand([...command, planted]);
  must(control.code !== 0, `the linter finds no fault in a file with one: ${planted}`);
  return `${file}: no finding, and a planted mistake is found`;
}

export const dockerfile: DeployCheck[] = [
  {
    name: 'lint Dockerfile',
    promise: 'dockerfile-utils has nothing to say about the Dockerfile',
    async run(lab) {
      const planted = join(await lab.folder(), 'Dockerfile');
      await writeFile(planted, 'FROM debian\nCMD ["true"\nRUNN false\n');
      return lint([await linter('dockerfile-utils'), 'lint'], 'Dockerfile', planted);
    },
  },
  {
    name: 'lint compose.yaml',
    promise: 'dclint has nothing to say about compose.yaml, no warning either',
    async run(lab) {
      const planted = join(await lab.folder(), 'compose.yaml');
      await writeFile(planted, "services:\n  one:\n    image: redis\n    ports:\n      - '6379:6379'\n");
      return lint([await linter('dclint'), '--max-warnings', '0'], 'compose.yaml', planted);
    },
  },
  {
    name: 'compose Redis',
    promise: 'the Redis of compose.yaml wants the password, appends to a file, never evicts and is process 1',
    async run(lab) {
      await lab.command('redis-server');
      const cli = await lab.command('redis-cli', 'redis-tools');
      const data = await lab.folder();
      const port = await freePort();
      const password = 'a1b2c3d4e5f6';
      const script = redisCommand(await readFile(join(ROOT, 'compose.yaml'), 'utf8'))
        .replace('dir /data', `dir ${data}\nport ${port}\nbind 127.0.0.1`)
        .replaceAll('$$', '$');
      const server = spawn('sh', ['-c', script], {
        env: { ...process.env, REDIS_PASSWORD: password },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      lab.onEnd(() => server.kill('SIGKILL'));
      let output = '';
      server.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      for (const deadline = Date.now() + 10_000; !/Ready to accept/.test(output); await pause(50))
        must(server.exitCode === null && Date.now() < deadline, `it does not start:\n${output}`);
      const ask = async (command: string[], auth = password) =>
        (await runCommand([cli, '-p', String(port), ...command], { environment: { REDISCLI_AUTH: auth } }))
          .output;
      must((await ask(['ping'])).trim() === 'PONG', 'the health check of compose.yaml fails');
      must(/NOAUTH|WRONGPASS/.test(await ask(['ping'], 'another')), 'it answers without the password');
      const config = await ask(['config', 'get', 'maxmemory-policy', 'appendonly', 'appendfsync']);
      must(/noeviction/.test(config) && /appendonly\s+yes/.test(config), config);
      const line = await readFile(`/proc/${server.pid}/cmdline`, 'utf8');
      must(line.startsWith('redis-server') && !line.includes(password), `its command line is ${line}`);
      server.kill('SIGTERM');
      const [code] = await once(server, 'exit');
      must(code === 0, `exit code ${code}`);
      return 'PONG with the password, refused with another; AOF, noeviction; no password on the command line; SIGTERM: 0';
    },
  },
];

/** The script of the service `redis`: the block after `- |`. */
function redisCommand(compose: string): string {
  const [, block = ''] = /^ {6}- \|\n((?: {8}.*\n)+)/m.exec(compose) ?? [];
  must(block !== '', 'compose.yaml has no command for Redis');
  return block.replaceAll(/^ {8}/gm, '');
}
