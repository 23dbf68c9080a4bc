import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

type Version = [major: number, minor: number, patch: number];

interface LockedPackage {
  dev?: boolean;
  /** npm leaves it out where it does not fit: the compilers and libraries of other platforms. */
  optional?: boolean;
  engines?: { node?: string };
}

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(read('package-lock.json'));
const manifest: { engines: { node: string }; optionalDependencies: { node: string } } = JSON.parse(
  read('package.json'),
);

/** The oldest Node that the server runs on, as the README tells it and `npm start` checks it. */
const OLDEST_FOR_THE_SERVER: Version = [22, 15, 0];
const INSTALLED_NODE = versionOf(manifest.optionalDependencies.node);

function versionOf(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return [major, minor, patch];
}

const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** The forms of a range that the packages use: `>=18`, `>= 10`, `^20.19.0`, `20`, and several by `||`. */
function isIn(range: string, version: Version): boolean {
  return range.split('||').some((part) => {
    const [, operator, text = ''] = /^\s*(>=|\^)?\s*([\d.]+)(?:\.x)?\s*$/.exec(part) ?? [];
    if (text === '') throw new Error(`A range of another form: ${range}`);
    const least = versionOf(text);
    return compare(version, least) >= 0 && (operator === '>=' || version[0] === least[0]);
  });
}

const refusedBy = (version: Version, wanted: (locked: LockedPackage) => boolean): string[] =>
  Object.entries(lock.packages)
    .filter(([path, locked]) => path !== '' && !locked.optional && wanted(locked) && locked.engines?.node)
    .filter(([, { engines }]) => !isIn(engines?.node ?? '', version))
    .map(([path, { engines }]) => `${path}: ${engines?.node}`);

describe('the Node versions that Confab names', () => {
  it('are what the packages of the server need', () => {
    expect(refusedBy(OLDEST_FOR_THE_SERVER, ({ dev }) => !dev)).toEqual([]);
    expect(read('README.md')).toContain('Node 22.15');
  });

  it('are what the tools need, on the Node that is installed with them', () => {
    expect(refusedBy(INSTALLED_NODE, () => true)).toEqual([]);
    expect(read('.nvmrc').trim()).toBe(String(INSTALLED_NODE[0]));
  });

  it('are, for installing, what the scripts that run before the installation check', () => {
    const [, oldest = ''] = /OLDEST_NODE = \[(.+)\]/.exec(read('scripts/support/packages.mjs')) ?? [];
    expect(manifest.engines.node).toBe(`>=${oldest.replace(', ', '.')}`);
    expect(read('README.md')).toContain(`Node ${oldest.replace(', ', '.')} or newer`);
    expect(read('.github/workflows/test.yml')).toMatch(/node: \[20, 24\]/);
  });
});
