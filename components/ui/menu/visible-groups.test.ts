import { describe, expect, it } from 'vitest';
import { type MenuGroup, visibleGroups } from './menu';

/** A group from its items' labels; one in lower case is hidden where a pointer hovers. */
const group = (labels: string): MenuGroup => ({
  items: [...labels].map((label) => ({ label, hiddenOnHover: label !== label.toUpperCase(), run: () => {} })),
});
const shown = (groups: string[], hovers: boolean) =>
  visibleGroups(groups.map(group), hovers).map(({ items }) => items.map(({ label }) => label).join(''));

describe('visibleGroups', () => {
  it.each<[string, string[], boolean, string[]]>([
    ['keeps every item without a hovering pointer', ['cPQ', 'rm', 'LD'], false, ['cPQ', 'rm', 'LD']],
    ['drops the group between two others that is hidden on hover', ['cPQ', 'rm', 'LD'], true, ['PQ', 'LD']],
    ['keeps a group of which one item is left', ['PQ', 'rmC', 'LD'], true, ['PQ', 'C', 'LD']],
    ['drops a first group of which nothing is left', ['e', 'LD'], true, ['LD']],
    ['drops a last group of which nothing is left', ['PQ', 'e'], true, ['PQ']],
    ['drops two hidden groups in a row', ['P', 'a', 'b', 'L'], true, ['P', 'L']],
    ['drops a group that is empty from the start', ['', 'LD', ''], false, ['LD']],
    ['is empty if nothing is left', ['a', 'b'], true, []],
  ])('%s', (_, groups, hovers, expected) => {
    expect(shown(groups, hovers)).toEqual(expected);
  });
});
