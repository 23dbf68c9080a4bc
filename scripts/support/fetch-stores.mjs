import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { ROOT } from './root.mjs';
import { outputOf, run } from './run.mjs';

/** The versions of Redis that the store has to work on, and the release of Debian that has each. */
export const STORES = [
  { name: 'redis-6.0', release: 'bullseye', program: 'redis' },
  { name: 'redis-7.0', release: 'bookworm', program: 'redis' },
  { name: 'redis-8.0', release: 'trixie', program: 'redis' },
  { name: 'valkey-8.1', release: 'trixie', program: 'valkey' },
];

const FOLDER = join(ROOT, '.cache', 'stores');
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const APT_MS = 180_000;
/** The dependencies of the package that the server needs: its libraries, without those of an init system. */
const NEEDED = /^(lib|lua-)/;
const NOT_NEEDED =
  /^lib(pam|mount|blkid|smartcols|fdisk|semanage|sepol|audit|apparmor|kmod|argon|cryptsetup|devmapper|json-c|ip4tc|acl|attr|cap-ng|db5|bpf)/;

/**
 * Unpacks the server of this store with its libraries, unless that has been done. Nothing is installed. The
 * packages come from the Debian archive of this machine, by a separate list of sources. Returns a folder with
 * an executable `redis-server`. @throws Problem with the reason if that fails.
 */
export async function fetchStore(store) {
  const folder = join(FOLDER, store.name);
  const server = join(folder, 'redis-server');
  if (!existsSync(server)) {
    mkdirSync(FOLDER, { recursive: true });
    const work = mkdtempSync(join(FOLDER, '.unpacking-'));
    try {
      await unpack(store, work);
      rmSync(folder, { recursive: true, force: true });
      renameSync(work, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  const version = outputOf(server, ['--version']);
  if (!version) throw new Problem(`${store.name} does not start here`);
  console.log(`  ${store.name}: ${version.split(' sha=')[0]}`);
  return folder;
}

async function unpack({ release, program }, folder) {
  const options = await openSource(release);
  const server = `${program}-server`;
  const wanted = (await apt([...options, '-y', '--print-uris', 'install', server]))
    .split('\n')
    .map((line) => /^'[^']*' ([^_]+)_/.exec(line)?.[1])
    .filter((name) => name !== undefined)
    .filter(
      (name) =>
        name === server || name === `${program}-tools` || (NEEDED.test(name) && !NOT_NEEDED.test(name)),
    );
  const packages = join(folder, 'packages');
  mkdirSync(packages);
  await apt([...options, 'download', ...wanted], packages);
  for (const file of readdirSync(packages)) {
    const { code, output } = await run('dpkg', ['-x', join(packages, file), join(folder, 'root')], {
      quiet: true,
    });
    if (code !== 0) throw new Problem(`${file} could not be unpacked: ${lastLine(output)}`);
  }
  rmSync(packages, { recursive: true });
  writeFileSync(join(folder, 'redis-server'), LAUNCHER.replace('PROGRAM', server));
  chmodSync(join(folder, 'redis-server'), 0o755);
}

/**
 * Starts the server with its own loader and libraries. Searches for the loader as a regular file, because a
 * link in the package may be absolute and lead to the loader of this machine. With `exec`, the process that a
 * test kills is the server itself.
 */
const LAUNCHER = `#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/root
loader=$(find "$root"/lib* "$root"/usr/lib* -type f \\( -name 'ld-linux*.so.*' -o -name 'ld-2.*.so' \\) 2>/dev/null | head -n 1)
libraries=$(ls -d "$root"/lib/*-linux-gnu "$root"/usr/lib/*-linux-gnu 2>/dev/null | paste -sd:)
exec "$loader" --library-path "$libraries" "$root/usr/bin/PROGRAM" "$@"
`;

/** Options that make apt use one release of Debian and ignore the installed packages. */
async function openSource(release) {
  const folder = join(FOLDER, '.apt', release);
  const architecture = outputOf('dpkg', ['--print-architecture']);
  const options = Object.entries({
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': join(folder, 'none'),
    'Dir::Etc::Preferences': join(folder, 'none'),
    'Dir::Etc::PreferencesParts': join(folder, 'none'),
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache::Archives': join(folder, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'APT::Sandbox::User': 'root',
    'APT::Install-Recommends': '0',
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    'Debug::NoLocking': '1',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  if (existsSync(join(folder, 'ready'))) return options;
  for (const name of ['none', 'lists/partial', 'archives/partial'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'status'), '');
  const archive = archiveOfThisMachine();
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${KEYRING}] ${archive} ${release} main\n`);
  await apt([...options, '-o', 'APT::Update::Error-Mode=any', 'update']);
  writeFileSync(join(folder, 'ready'), '');
  return options;
}

function archiveOfThisMachine() {
  if (!outputOf('apt-get', ['--version'])) throw new Problem('there is no apt-get here');
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(system)?.[1];
  if (!/^ID=debian$/m.test(system) || !codename) throw new Problem('this is not a Debian');
  if (!existsSync(KEYRING))
    throw new Problem(`there is no ${KEYRING} (apt-get install debian-archive-keyring)`);
  const sources = outputOf('apt-get', [
    'indextargets',
    '--format',
    '$(SITE) $(CODENAME) $(COMPONENT)',
    'Created-By: Packages',
  ]);
  const [site] =
    sources
      ?.split('\n')
      .find((line) => line.endsWith(` ${codename} main`))
      ?.split(' ') ?? [];
  if (!site) throw new Problem(`apt has no source for ${codename}`);
  return site;
}

async function apt(args, cwd) {
  const command = ['-qq', ...args];
  const { code, output } = await run('apt-get', command, { quiet: true, timeoutMs: APT_MS, cwd });
  if (code !== 0) throw new Problem(`apt-get failed: ${lastLine(output)}`);
  return output;
}

/** Removes URLs, which name the archive of this machine. */
const lastLine = (output) =>
  (output.trim().split('\n').at(-1) ?? '').replace(/https?:\/\/\S+/g, 'the archive') || 'no answer in time';
