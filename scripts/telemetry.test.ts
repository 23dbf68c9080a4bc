import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const CONFIG = fileURLToPath(new URL('../next.config.mjs', import.meta.url));

/** The variable that Next reads after loading its configuration, however it was started. */
function telemetryDisabled(environment: Record<string, string>): string {
  const code = `await import(${JSON.stringify(CONFIG)}); console.log(process.env.NEXT_TELEMETRY_DISABLED)`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    encoding: 'utf8',
  });
  return (stdout + stderr).trim();
}

it('the telemetry of the framework is off for every command that reads next.config.mjs', () => {
  expect(telemetryDisabled({})).toBe('1');
});

it('a BASE_PATH that is no path stops every such command in a sentence', () => {
  expect(telemetryDisabled({ BASE_PATH: 'chat' })).toContain('BASE_PATH must be a path such as /chat');
});
