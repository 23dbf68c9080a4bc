import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

it('npm run dev says what is wrong with the settings before anything says that it is ready', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, 'scripts/dev.mjs')], {
    cwd: ROOT,
    encoding: 'utf8',
    // An address that this machine does not have: if the check let it pass, no server would be left behind.
    env: { ...process.env, HOST: '192.0.2.1', PORT: '38993', MODEL_STALL_MS: 'soon', DATA_DIR: ':memory:' },
    timeout: 25_000,
  });
  expect(stderr).toMatch(/The settings cannot be used:\n {2}- MODEL_STALL_MS: /);
  expect(stdout).not.toMatch(/ready/i);
  expect(status).toBe(1);
});

it.each([{}, { BASE_PATH: '/chat' }])('the check lets settings pass that are fine: %j', (settings) => {
  const check = join(ROOT, 'scripts/support/check-settings.ts');
  const { stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', check], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, BUILT_BASE_PATH: settings.BASE_PATH ?? '', ...settings, DATA_DIR: ':memory:' },
    timeout: 25_000,
  });
  expect([stderr, status]).toEqual(['', 0]);
});
