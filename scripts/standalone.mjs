/** `npm run build:standalone`: builds a self-contained folder; `node .next/standalone/server.js` starts it. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noticesText, productionPackages } from './support/licenses.mjs';
import { main, Problem } from './support/problem.mjs';
import { ROOT } from './support/root.mjs';
import { run } from './support/run.mjs';

const OUT = join(ROOT, '.next', 'standalone');

/** Next's own server, in the file that it generates, and ours in its place. */
const NEXT_SERVER = "const { startServer } = require('next/dist/server/lib/start-server')";
const FRONT_SERVER = "const { startFrontServer: startServer } = await import('./front-server.mjs')";

/**
 * Sets what `npm start` sets before Next's own server starts: HOST instead of HOSTNAME (which a container sets to its
 * own name), and signal handling by `instrumentation.ts`, which saves running replies.
 */
const PRELUDE =
  "process.env.NEXT_MANUAL_SIG_HANDLE = '1';\nprocess.env.HOSTNAME = process.env.HOST || '0.0.0.0';\n";

await main(async () => {
  const { code } = await run('next', ['build'], { env: { BUILD_STANDALONE: '1' } });
  if (code !== 0) throw new Problem('The build failed.');
  if (existsSync(join(ROOT, 'public')))
    cpSync(join(ROOT, 'public'), join(OUT, 'public'), { recursive: true });
  cpSync(join(ROOT, '.next', 'static'), join(OUT, '.next', 'static'), { recursive: true });
  // The sources and tests, which Next copies for `proxy.ts` and `instrumentation.ts` although both are bundled.
  rmSync(join(OUT, 'lib'), { recursive: true, force: true });
  cpSync(join(ROOT, 'LICENSE'), join(OUT, 'LICENSE'));
  writeFileSync(join(OUT, 'THIRD-PARTY-NOTICES.md'), noticesText(productionPackages()));
  const server = join(OUT, 'server.js');
  const generated = readFileSync(server, 'utf8');
  if (!generated.includes(NEXT_SERVER)) throw new Problem('Next generated a server.js of an unknown form.');
  writeFileSync(server, PRELUDE + generated.replace(NEXT_SERVER, FRONT_SERVER));
  cpSync(join(ROOT, 'scripts', 'front-server.mjs'), join(OUT, 'front-server.mjs'));
  cpSync(join(ROOT, 'lib/server/http/security-headers.json'), join(OUT, 'security-headers.json'));
  console.log(
    '\nThe build is ready. Start it with: node .next/standalone/server.js\nIt reads PORT, HOST and the other settings from the environment.',
  );
});
