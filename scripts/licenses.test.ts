import { describe, expect, it } from 'vitest';
import { evaluate, noticesText, problemOf, productionPackages } from './support/licenses.mjs';

describe('the licences of what is shipped', () => {
  const packages = productionPackages();

  it('are all known and allowed', () => {
    expect(packages.map((each) => [each.name, problemOf(each)]).filter(([, problem]) => problem)).toEqual([]);
  });

  it('include what Mermaid brings along, and no tool of the tests', () => {
    const names = new Set(packages.map(({ name }) => name));
    expect(['elkjs', 'dompurify', 'next', 'react'].filter((name) => !names.has(name))).toEqual([]);
    expect(['vitest', 'typescript', '@playwright/test'].filter((name) => names.has(name))).toEqual([]);
  });

  it('are quoted in the notices, those of elkjs and dompurify included', () => {
    const text = noticesText(packages);
    for (const { name, version } of packages) expect(text).toContain(`${name} ${version}`);
    expect(text).toContain('Eclipse Public License - v 2.0');
    expect(text).toContain('Mozilla Public License');
  });
});

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MPL-2.0 OR Apache-2.0)', true],
    ['MIT AND GPL-3.0-only', false],
    ['MIT AND (GPL-3.0-only OR ISC)', true],
    ['GPL-3.0-only OR AGPL-3.0-only', false],
    ['GPL-2.0-only WITH Classpath-exception-2.0', null],
    ['SEE LICENSE IN LICENSE.txt', null],
    ['MIT OR', null],
    ['(MIT', null],
    ['', null],
  ])('%j counts as %s', (expression, wanted) => {
    expect(evaluate(expression, (id: string) => ['MIT', 'ISC', 'Apache-2.0'].includes(id))).toBe(wanted);
  });

  it.each([
    [null, 'names no licence'],
    ['UNLICENSED', 'UNLICENSED'],
    ['AGPL-3.0-only', 'AGPL-3.0-only'],
    ['EPL-2.0', 'EPL-2.0'],
    ['SEE LICENSE IN x', 'names a licence that cannot be read: SEE LICENSE IN x'],
  ])('that is %j keeps a package from being shipped', (license, problem) => {
    expect(problemOf({ name: 'some-package', license })).toBe(problem);
  });

  it('may be an exception for one package only', () => {
    expect(problemOf({ name: 'elkjs', license: 'EPL-2.0 OR GPL-3.0-or-later' })).toBeNull();
    expect(problemOf({ name: 'elkjs-fork', license: 'EPL-2.0 OR GPL-3.0-or-later' })).not.toBeNull();
  });
});
