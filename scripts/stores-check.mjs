/**
 * `npm run stores-check`: tests the store on Redis 6.0, 7.0 and 8.0 and on Valkey, one after another, each as
 * a single server and as a Cluster, and ends with the line `N passed, N failed`. A store that cannot be
 * installed counts as failed, and the reason is printed. Names as arguments (`redis-6.0`) select stores;
 * arguments after `--` go to vitest.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { countReport } from './support/count-tests.mjs';
import { fetchStore, STORES } from './support/fetch-stores.mjs';
import { checkNode, ensurePackages } from './support/packages.mjs';
import { Problem } from './support/problem.mjs';
import { ROOT } from './support/root.mjs';
import { run, toolEnvironment } from './support/run.mjs';
import { ensureOpenssl } from './support/test-tools.mjs';

/**
 * Parts of the paths of test files: the whole contract on a server, on a Cluster and over REST, every
 * failure, the loss of the secret, and servers that share a store.
 */
const TESTS = [
  'lib/server/store/redis',
  'lib/server/store/upstash',
  'lib/server/store/key-prefix',
  'lib/server/identity/secret-loss',
  'lib/server/identity/page-cost',
  'e2e/support/servers/redis',
];
const REPORTS = join(ROOT, '.cache', 'test-reports');
/** Each takes about two minutes on two cores. */
const STORE_MS = 15 * 60_000;

const args = process.argv.slice(2);
const end = args.indexOf('--');
const names = end === -1 ? args : args.slice(0, end);
const more = end === -1 ? [] : args.slice(end + 1);

async function checkStore(store) {
  const folder = await fetchStore(store);
  const report = join(REPORTS, `${store.name}.json`);
  rmSync(report, { force: true });
  const base = toolEnvironment();
  const { code } = await run(
    'vitest',
    ['run', ...TESTS, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...more],
    // The tests start the `redis-server` that they find first.
    { base: { ...base, PATH: `${folder}${delimiter}${base.PATH}` }, env: { CI: '1' }, timeoutMs: STORE_MS },
  );
  const counted = countReport(report) ?? { passed: 0, failed: ['no tests ran'] };
  if (code !== 0 && counted.failed.length === 0) return { ...counted, failed: ['exited with an error'] };
  return counted;
}

async function checkAll() {
  checkNode();
  if (await ensurePackages()) console.log('  packages installed');
  await ensureOpenssl();
  mkdirSync(REPORTS, { recursive: true });
  const unknown = names.filter((name) => !STORES.some((store) => store.name === name));
  if (unknown.length > 0)
    throw new Problem(`${unknown.join(', ')}: choose from ${STORES.map(({ name }) => name).join(', ')}`);
  let passed = 0;
  const failed = [];
  for (const store of STORES) {
    if (names.length > 0 && !names.includes(store.name)) continue;
    console.log(`\n== ${store.name}`);
    const result = await checkStore(store).catch((error) => {
      if (!(error instanceof Problem)) throw error;
      return { passed: 0, failed: [`cannot be had: ${error.message}`] };
    });
    console.log(`  ${store.name}: ${result.passed} passed, ${result.failed.length} failed`);
    passed += result.passed;
    failed.push(...result.failed.map((name) => `${store.name}: ${name}`));
  }
  console.log('\n== results');
  for (const name of failed) console.log(`  failed: ${name}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed.length} failed`);
}

try {
  await checkAll();
} catch (error) {
  console.error(`\n${error instanceof Problem ? error.message : error.stack}`);
  process.exitCode = 1;
  console.log('0 passed, 1 failed');
}
