import { describe, expect, it } from 'vitest';
import { plainWords } from './plain-words';

describe('plainWords', () => {
  it.each([
    ['plain words stay', 'Two  words.', 'Two  words.'],
    ['emphasis is not written out', 'a **b** *c* ~~d~~ `e`', 'a b c d e'],
    ['a link is its text', 'see [the page](https://x.example/a_b) now', 'see the page now'],
    ['an image is not words', 'a ![alt](https://x.example/i.png)b', 'a b'],
    [
      'headings and lists have no marks',
      '## Title\n- one\n2. two\n- [x] three\n> four',
      'Title\none\ntwo\nthree\nfour',
    ],
    ['a name with underscores is whole', 'snake_case_name', 'snake_case_name'],
    ['a product keeps its star', '2 * 3 * 4', '2 * 3 * 4'],
    ['an escaped mark is that mark', 'a \\* b', 'a * b'],
    ['Chinese is as it is', '**记忆化**：把结果`缓存`起来', '记忆化：把结果缓存起来'],
    ['code keeps its marks', 'a\n```js\nx = `**y**`\n```\n**b**', 'a\n\nx = `**y**`\n\n\nb'],
    ['code that is still open does too', '```\n**y**', '\n**y**\n'],
    ['cells are apart', '| a | b |\n|---|---|\n| c | d |', 'a\nb\n\nc\nd'],
  ])('%s', (_name, markdown, words) => {
    expect(plainWords(markdown)).toBe(words);
  });
});
