import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

/** Permissive: they ask for no more than their notice, and `THIRD-PARTY-NOTICES.md` has it. SPDX ids. */
const ALLOWED = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Unlicense', 'CC0-1.0', 'Zlib'],
  ...['BlueOak-1.0.0', 'Python-2.0'],
]);

/** Packages with another licence that may be shipped all the same, each with the reason. */
const EXCEPTIONS = [
  {
    name: /^elkjs$/,
    license: 'EPL-2.0',
    reason: 'layouts of Mermaid; shipped unchanged, its source is public (github.com/kieler/elkjs)',
  },
  {
    name: /^@img\/sharp-/,
    license: 'LGPL-3.0-or-later',
    reason: 'an optional library of Next in files of its own, which may be replaced or left out',
  },
  { name: /^caniuse-lite$/, license: 'CC-BY-4.0', reason: 'data for the build; credited by its notice' },
];

/** Packages that name no licence in package.json, with the one that their licence file has. */
const UNNAMED = new Map([['khroma', 'MIT']]);

/**
 * Every package that is installed for production, with those that other packages bring along. Packages that npm left
 * out on this platform are not shipped and not listed.
 */
export function productionPackages(root = ROOT) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return [...reachable(packages)]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => {
      const name = path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
      const folder = join(root, path);
      const { version } = packages[path];
      return { name, version, license: licenseOf(name, folder), notices: noticesIn(folder) };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'));
}

const FOLDER = 'node_modules/';

/** The lock's own flags also count optional peers, such as the test runner that Next could use. */
function reachable(packages) {
  const found = new Set();
  const visit = (from) => {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[from];
    const peers = Object.keys(peerDependencies ?? {}).filter(
      (name) => !peerDependenciesMeta?.[name]?.optional,
    );
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies }).concat(peers)) {
      const path = pathOf(name, from, packages);
      if (path === null || found.has(path)) continue;
      found.add(path);
      visit(path);
    }
  };
  visit('');
  return found;
}

/** Where Node finds a package that is imported from this folder. */
function pathOf(name, from, packages) {
  for (let folder = from; ; ) {
    const path = `${folder === '' ? '' : `${folder}/`}${FOLDER}${name}`;
    if (packages[path]) return path;
    if (folder === '') return null;
    const above = folder.lastIndexOf(`/${FOLDER}`);
    folder = above < 0 ? '' : folder.slice(0, above);
  }
}

function licenseOf(name, folder) {
  const { license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const named = license ?? licenses?.[0];
  return (typeof named === 'string' ? named : named?.type) ?? UNNAMED.get(name) ?? null;
}

/** The texts of the licence and notice files of a package. */
function noticesIn(folder) {
  return readdirSync(folder)
    .filter(
      (file) => /^(licen[cs]e|copying|notice|third.?party)/i.test(file) && !/\.(js|json|ts)$/.test(file),
    )
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
}

/** Why a package may not be shipped; null if it may. */
export function problemOf({ name, license }) {
  if (license === null) return 'names no licence';
  const isAllowed = (id) =>
    ALLOWED.has(id) || EXCEPTIONS.some((one) => one.license === id && one.name.test(name));
  const result = evaluate(license, isAllowed);
  if (result === null) return `names a licence that cannot be read: ${license}`;
  return result ? null : license;
}

/** The reason why a package is an exception; null if it needs none. */
export function exceptionOf({ name, license }) {
  if (license === null || evaluate(license, (id) => ALLOWED.has(id))) return null;
  return EXCEPTIONS.find((one) => one.name.test(name))?.reason ?? null;
}

/** An SPDX expression of ids, AND, OR and brackets. Null if it is something else. */
export function evaluate(expression, isAllowed) {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const anyOf = () => {
    let result = allOf();
    while (tokens[at] === 'OR') {
      at += 1;
      // Both sides have to be read.
      const right = allOf();
      result = result === null || right === null ? null : result || right;
    }
    return result;
  };
  const allOf = () => {
    let result = one();
    while (tokens[at] === 'AND') {
      at += 1;
      const right = one();
      result = result === null || right === null ? null : result && right;
    }
    return result;
  };
  const one = () => {
    const token = tokens[at];
    at += 1;
    if (token === '(') {
      const result = anyOf();
      if (tokens[at] !== ')') return null;
      at += 1;
      return result;
    }
    return token && /^[A-Za-z0-9.+-]+$/.test(token) && !/^(AND|OR|WITH)$/.test(token)
      ? isAllowed(token)
      : null;
  };
  const result = anyOf();
  return at === tokens.length ? result : null;
}

/** The text of `THIRD-PARTY-NOTICES.md`. Packages with the same notice share it. */
export function noticesText(packages) {
  const sections = new Map();
  for (const { name, version, license, notices } of packages) {
    const text = notices.join('\n\n') || `(No licence file. package.json says: ${license}.)`;
    sections.set(text, [...(sections.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...sections].map(
    ([text, names]) => `## ${names.join(', ')}\n\n\`\`\`\`text\n${text}\n\`\`\`\``,
  );
  return `# Third-party notices\n\nConfab contains these packages. Each is under the licence that stands below its name.\n\n${parts.join('\n\n')}\n`;
}
