import { describe, expect, it } from 'vitest';
import { withQuote } from './quote';

describe('withQuote', () => {
  it.each<[string, string, string, string]>([
    ['quotes into an empty draft', '', 'words', '> words\n\n'],
    ['appends the quote after an empty line', 'Before \n', 'words', 'Before\n\n> words\n\n'],
    [
      'quotes every line, also the empty ones between paragraphs',
      '',
      'one\ntwo\n\nthree',
      '> one\n> two\n>\n> three\n\n',
    ],
    ['keeps the indentation of code', '', '```\n  a\r\n```', '> ```\n>   a\n> ```\n\n'],
    ['leaves out empty lines around the text', '', '\n\n words \n', '> words\n\n'],
    ['appends to another quote', '> one\n\n', 'two', '> one\n\n> two\n\n'],
  ])('%s', (_, draft, words, whole) => {
    expect(withQuote(draft, words)).toBe(whole);
  });
});
