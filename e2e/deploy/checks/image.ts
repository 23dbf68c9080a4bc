import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiClient } from '../../faults/api-client';
import { fakeModelSettings } from '../../support/fake-openai/fake-openai';
import { must, NotAvailable } from '../../support/run-checks';
import { memoryMbOf, startContainer, statusOf } from '../container';
import type { DeployCheck } from '../deploy-check';
import { runCommand } from '../run-command';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const REPLIES = 20;

/** Opens the page first, as a browser does, so that the client has a guest. */
async function visitor(url: string): Promise<ApiClient> {
  const client = new ApiClient(url);
  must(await client.page(), 'the page is not served');
  return client;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
}

export const image: DeployCheck[] = [
  {
    name: 'image contents',
    promise: 'the image holds no tests, no sources, no settings and no data, and what it needs',
    async run(lab) {
      const { root } = await lab.build('standalone');
      const app = join(root, '.next/standalone');
      const files = (await filesIn(app)).map((file) => file.slice(app.length + 1));
      const own = files.filter((file) => !file.startsWith('node_modules/'));
      const needless = own.filter((file) =>
        /\.test\.|(^|\/)\.env|\.tsx?$|^(lib|app|components|e2e|bench|docs|deploy)\/|\.sqlite/.test(file),
      );
      must(needless.length === 0, `not needed: ${needless.slice(0, 10).join(', ')}`);
      for (const file of [
        'server.js',
        'healthcheck.mjs',
        'LICENSE',
        'THIRD-PARTY-NOTICES.md',
        'public/favicon.ico',
      ])
        must(files.includes(file), `${file} is missing`);
      for (const trace of ['middleware', 'instrumentation']) {
        const path = join(root, `.next/server/${trace}.js.nft.json`);
        const traced: string[] = JSON.parse(await readFile(path, 'utf8')).files;
        const sources = traced.filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules'));
        must(
          sources.length === 0,
          `${trace} wants ${sources.length} sources: ${sources.slice(0, 5).join(', ')}`,
        );
      }
      const bytes = await Promise.all(files.map(async (file) => (await stat(join(app, file))).size));
      const megabytes = Math.round(bytes.reduce((sum, size) => sum + size, 0) / 1024 ** 2);
      return `${files.length} files, ${megabytes} MB; ${own.length} of them are not packages`;
    },
  },
  {
    name: 'image surroundings',
    promise:
      'it runs as process 1, as user 1000 without capabilities, on a read-only root, and stores on its volume',
    async run(lab) {
      const fake = await lab.model();
      const container = await startContainer(lab, fakeModelSettings(fake));
      const status = await statusOf(container.pid);
      must(status.NSpid?.endsWith('\t1') === true, `process ${status.NSpid}`);
      must(status.Uid?.startsWith('1000\t') === true, `user ${status.Uid}`);
      must(/^0+$/.test(status.CapEff ?? '') && status.NoNewPrivs === '1', `capabilities ${status.CapEff}`);
      const write = (path: string) => container.exec(['sh', '-c', `echo x > ${path}`]);
      for (const path of ['/mnt/app/server.js', '/mnt/app/.next/x', '/etc/x', '/root-file'])
        must((await write(path)).code !== 0, `${path} can be written`);
      // The control: what has to be writable is.
      const probe = await write('/mnt/data/probe');
      must(probe.code === 0, `the volume cannot be written: ${probe.output}`);

      const client = await visitor(container.url);
      const message = ApiClient.message('hello from a container');
      const sent = await client.send(message);
      must(sent.ok, 'a message is refused');
      must((await sent.value.ended) === 'end', 'the reply was cut');
      const history = await client.history(message.sessionId);
      must(history.ok && history.value.turns.length === 1, 'the turn is not in the history');
      const kept = await readdir(join(container.data, '.data'));
      must(kept.includes('confab.sqlite'), `on the volume: ${kept.join(', ')}`);

      const healthy = await container.exec(['node', '/mnt/app/healthcheck.mjs']);
      must(healthy.code === 0, `the health check says ${healthy.output}`);
      const control = await container.exec(['env', 'PORT=9', 'node', '/mnt/app/healthcheck.mjs']);
      must(control.code === 1, 'the health check does not notice that nothing answers');
      must(/Confab is ready/.test(container.output()), `no report:\n${container.output()}`);
      return `pid 1, uid 1000, no capabilities, root read-only; the volume has ${kept.sort().join(', ')}; health check 0`;
    },
  },
  {
    name: 'image figures',
    promise: `it starts within 5 s, and takes less than 300 MB with ${REPLIES} replies under way`,
    async run(lab) {
      const fake = await lab.model();
      const container = await startContainer(lab, {
        ...fakeModelSettings(fake),
        TURNS_PER_MINUTE: '0',
        TURNS_PER_MINUTE_PER_ADDRESS: '0',
      });
      const atRest = await memoryMbOf(container.pid);
      const clients = await Promise.all(Array.from({ length: REPLIES }, () => visitor(container.url)));
      const afterPages = await memoryMbOf(container.pid);
      const replies = await Promise.all(
        clients.map(async (client, n) => {
          const sent = await client.send(
            ApiClient.message(`[[hold]] reply ${n} with some words to hold back`),
          );
          must(sent.ok, 'a message is refused');
          return sent.value;
        }),
      );
      await fake.received('[[hold]]', REPLIES);
      fake.release({ count: 2 });
      await Promise.all(replies.map((reply) => reply.waitForText('part1')));
      const withReplies = await memoryMbOf(container.pid);
      fake.release();
      const ends = await Promise.all(replies.map(({ ended }) => ended));
      must(
        ends.every((end) => end === 'end'),
        'a reply was cut',
      );
      must(container.startMs < 5_000, `it took ${Math.round(container.startMs)} ms to start`);
      must(withReplies < 300, `${withReplies} MB with ${REPLIES} replies`);
      return [
        `start to first answer: ${Math.round(container.startMs)} ms`,
        `memory at rest: ${atRest} MB, after ${REPLIES} first visits: ${afterPages} MB`,
        `memory with ${REPLIES} replies under way: ${withReplies} MB`,
      ].join('\n');
    },
  },
  {
    name: 'image drains',
    promise: 'SIGTERM to process 1 lets a running reply finish, refuses new ones, and exits with 0',
    async run(lab) {
      const fake = await lab.model();
      const container = await startContainer(lab, fakeModelSettings(fake));
      const client = await visitor(container.url);
      const message = ApiClient.message('[[hold]] a reply that is under way');
      const sent = await client.send(message);
      must(sent.ok, 'a message is refused');
      await fake.received('[[hold]]');
      const stopped = container.stop();
      const startedAt = performance.now();
      // The signal has arrived once the server is not ready any more.
      while ((await client.probe('ready')) === 200)
        must(performance.now() - startedAt < 5_000, 'still ready');
      must((await client.probe('live')) === 200, 'not live while it drains');
      const refused = await client.send(ApiClient.message('too late'));
      must(!refused.ok && refused.error.code === 'shutting_down', 'a new message was not refused');
      fake.release();
      must((await sent.value.ended) === 'end', 'the reply was cut');
      must(sent.value.turn().status === 'done', `the reply is ${sent.value.turn().status}`);
      const code = await stopped;
      must(code === 0, `exit code ${code}`);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      return `the reply ended as done, new messages got 503 shutting_down, exit code 0 after ${seconds} s`;
    },
  },
  {
    name: 'image old Node',
    promise: 'on a Node that is too old it says so and exits',
    async run(lab) {
      const { root } = await lab.build('standalone');
      const node = await oldNode();
      const { code, output } = await runCommand([node, join(root, '.next/standalone/server.js')], {
        environment: { PORT: '39998', HOST: '127.0.0.1' },
        timeoutMs: 20_000,
      });
      must(code === 1 && /needs Node 22\.15 or newer; this is Node 20/.test(output), `${code}: ${output}`);
      return output.trim();
    },
  },
];

/** A Node 20: that of this machine, or one from the registry. */
async function oldNode(): Promise<string> {
  for (const node of ['/usr/bin/node', '/usr/local/bin/node'])
    if ((await runCommand([node, '--version'])).output.startsWith('v20.')) return node;
  const folder = join(ROOT, '.cache/deploy/node-20');
  const node = join(folder, 'node_modules/node/bin/node');
  if (!existsSync(node)) {
    await mkdir(folder, { recursive: true });
    const { output } = await runCommand(
      ['npm', 'install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', 'node@20.19.5'],
      { timeoutMs: 120_000 },
    );
    if (!existsSync(node)) throw new NotAvailable(`npm could not install a Node 20:\n${output.slice(-500)}`);
  }
  return node;
}
