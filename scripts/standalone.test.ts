import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types, which Node runs as it is.
import { FILES } from './support/standalone-files.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The folder in which it is started, and its own folder. */
let folders: { start: string; app: string };

/** The standalone server as `npm run build:standalone` assembles it, without the build of Next. */
beforeAll(() => {
  const start = mkdtempSync(join(tmpdir(), 'confab-standalone-'));
  const app = join(start, 'app');
  for (const [target, source] of Object.entries<string>(FILES))
    if (existsSync(join(ROOT, source)) && !source.startsWith('.next'))
      cpSync(join(ROOT, source), join(app, target), { recursive: true });
  mkdirSync(join(app, '.next'));
  writeFileSync(join(app, '.next/required-server-files.json'), JSON.stringify({ config: {} }));
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
  symlinkSync(join(ROOT, 'node_modules'), join(app, 'node_modules'));
  folders = { start, app };
});

afterAll(() => rmSync(folders.start, { recursive: true }));

const environment = (variables: Record<string, string>) => ({
  PATH: process.env.PATH,
  NODE_ENV: 'production' as const,
  HOST: '127.0.0.1',
  ...variables,
});

/** Its whole output, and its exit code. */
function run(variables: Record<string, string>, nodeOptions: string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, 'app/server.js'], {
    cwd: folders.start,
    env: environment(variables),
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, output: (stdout + stderr).trim() };
}

describe('the standalone server', () => {
  it.each(['abc', '0', '-1', '3000.5', '70000', '0x', '3000 4000', '1e9', 'NaN', '３０００'])(
    'refuses PORT=%s in a sentence, as npm start does',
    (PORT) => {
      expect(run({ PORT })).toEqual({
        status: 1,
        output: `PORT must be a number from 1 to 65535, but it is "${PORT}".`,
      });
    },
  );

  it.each(['6000', '22', '10080'])('refuses PORT=%s, which browsers do not open', (PORT) => {
    const { status, output } = run({ PORT });
    expect([status, output]).toEqual([1, expect.stringContaining('reserved')]);
  });

  it.each(['18.20.0', '20.9.0', '20.20.2', '22.14.0'])('refuses Node %s in a sentence', (version) => {
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;
    expect(run({}, ['--import', older])).toEqual({
      status: 1,
      output: `The server needs Node 22.15 or newer; this is Node ${version}. Start it with a newer one.`,
    });
  });

  it('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(run({ PORT: String(port) })).toEqual({
      status: 1,
      output: expect.stringContaining(`Port ${port} is already in use.`),
    });
    other.close();
  });

  it('makes DATA_DIR where it was started, not in its own folder', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    // The folder is created before the server listens.
    run({ PORT: String(port), DATA_DIR: 'my-data' });
    other.close();
    expect(readdirSync(folders.start)).toContain('my-data');
    expect(readdirSync(folders.app)).not.toContain('my-data');
  });

  it('takes a blank PORT for none', async () => {
    // The port is taken, or the server gets as far as the missing build.
    const child = spawn(process.execPath, ['app/server.js'], {
      cwd: folders.start,
      env: environment({ PORT: ' ' }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    await once(child, 'close');
    expect(output).not.toContain('PORT must be');
    expect(output).toMatch(/Port 3000 is already in use|routes-manifest\.json/);
  });
});
