import { describe, expect, it } from 'vitest';
import { countIn, findPattern } from './find-pattern';

const count = (query: string, text: string) => {
  const pattern = findPattern(query);
  return pattern ? countIn(text, pattern) : null;
};

describe('findPattern', () => {
  it.each<[string, string, string, number | null]>([
    ['ignores case', 'memo', 'Memo, MEMO and memoise', 3],
    ['ignores the case of other letters', 'ÉTÉ', 'un été', 1],
    ['finds Chinese', '记忆', '记忆化：记忆函数', 2],
    ['finds across a line break', 'two words', 'two\nwords, two   words', 2],
    ['finds a formula without its blanks', 'E = mc2', 'E=mc2, E = mc2', 2],
    ['keeps words apart', 'a b', 'ab, a b', 1],
    ['matches special characters literally', 'f(x) [*]', 'f(x) [*] and fxx', 1],
    ['matches a dash and a slash literally', 'a-b/c', 'a-b/c', 1],
    ['finds an emoji with and without a modifier', '👍', '👍👍🏽', 2],
    ['finds nothing in a text without the query', 'x', 'abc', 0],
    ['has no pattern for an empty query', '  ', 'abc', null],
  ])('%s', (_name, query, text, found) => {
    expect(count(query, text)).toBe(found);
  });
});
