import { outputOf, run } from './run.mjs';

let updated = false;

/** Whether Debian packages can be installed on this machine without a password. */
export function canUseApt() {
  return (
    outputOf('apt-get', ['--version']) !== null && (isRoot() || outputOf('sudo', ['-n', 'true']) !== null)
  );
}

/** Installs Debian packages and returns whether that succeeded. */
export async function aptInstall(...packages) {
  console.log(`  installing ${packages.join(', ')} with apt-get`);
  if (!updated) updated = (await apt('update', '-q')).code === 0;
  const { code, output } = await apt('install', '-y', '-q', '--no-install-recommends', ...packages);
  if (code !== 0) console.error(output.trim().split('\n').slice(-5).join('\n'));
  return code === 0;
}

const isRoot = () => process.getuid?.() === 0;

function apt(...args) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const options = { quiet: true, env, timeoutMs: 600_000 };
  return isRoot() ? run('apt-get', args, options) : run('sudo', ['-n', 'apt-get', ...args], options);
}
