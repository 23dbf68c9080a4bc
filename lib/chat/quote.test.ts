import { describe, expect, it } from 'vitest';
import { withQuote } from './quote';

describe('a quote in a draft', () => {
  it.each<[string, string, string, string]>([
    ['stands alone where nothing is written', '', 'words', '> words\n\n'],
    ['comes after what is written, a line between', 'Before \n', 'words', 'Before\n\n> words\n\n'],
    ['keeps its lines, and its paragraphs together', '', 'one\ntwo\n\nthree', '> one\n> two\n>\n> three\n\n'],
    ['keeps how code is indented', '', '```\n  a\r\n```', '> ```\n>   a\n> ```\n\n'],
    ['leaves out the empty lines around it', '', '\n\n words \n', '> words\n\n'],
    ['comes after another quote', '> one\n\n', 'two', '> one\n\n> two\n\n'],
  ])('%s', (_, draft, words, whole) => {
    expect(withQuote(draft, words)).toBe(whole);
  });
});
