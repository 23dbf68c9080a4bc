import { describe, expect, it } from 'vitest';
import { countIn, findPattern } from './find-pattern';

const count = (query: string, text: string) => {
  const pattern = findPattern(query);
  return pattern ? countIn(text, pattern) : null;
};

describe('findPattern', () => {
  it.each<[string, string, string, number | null]>([
    ['finds in any case', 'memo', 'Memo, MEMO and memoise', 3],
    ['finds other letters in any case', 'ÉTÉ', 'un été', 1],
    ['finds Chinese', '记忆', '记忆化：记忆函数', 2],
    ['finds across a line break', 'two words', 'two\nwords, two   words', 2],
    ['takes what is typed literally', 'f(x) [*]', 'f(x) [*] and fxx', 1],
    ['takes a dash and a slash literally', 'a-b/c', 'a-b/c', 1],
    ['finds an emoji whole', '👍', '👍👍🏽', 2],
    ['finds nothing where there is nothing', 'x', 'abc', 0],
    ['looks for nothing without words', '  ', 'abc', null],
  ])('%s', (_name, query, text, found) => {
    expect(count(query, text)).toBe(found);
  });
});
