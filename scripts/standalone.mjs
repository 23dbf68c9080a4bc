/** `npm run build:standalone`: a folder that runs by `node .next/standalone/server.js`, with nothing beside it. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, Problem } from './support/fail.mjs';
import { ROOT } from './support/root.mjs';
import { run } from './support/run.mjs';

const OUT = join(ROOT, '.next', 'standalone');

/**
 * What `npm start` sets, before Next's own server begins: HOST instead of HOSTNAME (which a container sets to its own
 * name), and signals left to `instrumentation.ts`, which saves running replies.
 */
const PRELUDE =
  "process.env.NEXT_MANUAL_SIG_HANDLE = '1';\nprocess.env.HOSTNAME = process.env.HOST || '0.0.0.0';\n";

await main(async () => {
  const { code } = await run('next', ['build'], { env: { BUILD_STANDALONE: '1' } });
  if (code !== 0) throw new Problem('The build failed.');
  if (existsSync(join(ROOT, 'public')))
    cpSync(join(ROOT, 'public'), join(OUT, 'public'), { recursive: true });
  cpSync(join(ROOT, '.next', 'static'), join(OUT, '.next', 'static'), { recursive: true });
  const server = join(OUT, 'server.js');
  writeFileSync(server, PRELUDE + readFileSync(server, 'utf8'));
  console.log(
    '\nReady: node .next/standalone/server.js (PORT, HOST and the other settings from the environment)',
  );
});
