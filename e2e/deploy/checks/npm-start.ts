import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from '../../faults/api-client';
import { fakeModelSettings } from '../../support/fake-openai/fake-openai';
import { must } from '../../support/run-checks';
import { freePort } from '../../support/servers/free-port';
import { requireRoot } from '../container';
import type { DeployCheck } from '../deploy-check';
import type { DeployLab } from '../deploy-lab';

const SILENCE_MS = 3_000;

/** `npm start` as process 1 of a container: npm runs there, and the server is its grandchild. */
async function startAsProcess1(lab: DeployLab, settings: Record<string, string>) {
  requireRoot();
  const { root } = await lab.build('plain');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('unshare', ['--pid', '--fork', '--kill-child', '--mount-proc', 'npm', 'start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: await lab.folder(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  lab.onEnd(async () => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });
  for (const deadline = Date.now() + 30_000; !/Confab is ready/.test(output); await pause(50))
    must(child.exitCode === null && Date.now() < deadline, `it does not start:\n${output}`);
  return { url, child, npm: await childOf(child), output: () => output };
}

/** The process that `unshare` has started. */
async function childOf({ pid }: ChildProcess): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}

export const npmStart: DeployCheck[] = [
  {
    name: 'npm build',
    promise: 'a build on a new machine sends nothing to the makers of the framework, and does not ask to',
    async run(lab) {
      const { output } = await lab.build('plain');
      must(!/telemetry/i.test(output), output);
      must(/Compiled successfully/.test(output), `no build:\n${output}`);
      return 'no word of telemetry in its output';
    },
  },
  {
    name: 'npm start drains',
    promise: 'SIGTERM to `npm start` as process 1 lets a running reply finish',
    async run(lab) {
      const fake = await lab.model();
      const { url, child, npm, output } = await startAsProcess1(lab, fakeModelSettings(fake));
      const client = new ApiClient(url);
      must(await client.page(), 'the page is not served');
      const sent = await client.send(ApiClient.message('[[hold]] a reply that is under way'));
      must(sent.ok, 'a message is refused');
      await fake.received('[[hold]]');
      const exited = once(child, 'exit');
      process.kill(npm, 'SIGTERM');
      for (const deadline = Date.now() + 10_000; !/"shutting_down"/.test(output()); await pause(20))
        must(child.exitCode === null && Date.now() < deadline, `it did not begin to end:\n${output()}`);
      // The model is silent for longer than npm would take to end its children.
      await pause(SILENCE_MS);
      must(child.exitCode === null, `npm ended at once:\n${output()}`);
      fake.release();
      const end = await sent.value.ended;
      must(end === 'end' && sent.value.turn().status === 'done', `the reply was ${end}`);
      const [code] = await exited;
      return `the reply ended as done, then npm exited with ${code}`;
    },
  },
];
