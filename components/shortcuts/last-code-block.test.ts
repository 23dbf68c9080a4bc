import { describe, expect, it } from 'vitest';
import { lastCodeBlock } from './last-code-block';

describe('lastCodeBlock', () => {
  it.each([
    ['a fence', '```js\na();\n```', 'a();'],
    ['the last of two fences', '```\none\n```\ntext\n```\ntwo\n```\nmore', 'two'],
    ['a fence in a list', '- step\n  ```sh\n  npm i\n    x\n  ```', 'npm i\n  x'],
    ['a fence right after a list mark', '1. ```py\n   a = 1\n   ```', 'a = 1'],
    ['a fence in a quote', '> ```\n> a\n> b\n> ```', 'a\nb'],
    ['a fence of tildes around backticks', '~~~md\n```js\na\n```\n~~~', '```js\na\n```'],
    ['a longer fence around a shorter one', '````\n```\na\n```\n````', '```\na\n```'],
    ['a fence that is still open', 'text\n```js\na();\nb(', 'a();\nb('],
    ['blank lines inside', '```\na\n\nb\n```', 'a\n\nb'],
    ['indented code in a fence', '```py\nif a:\n    b\n```', 'if a:\n    b'],
    ['Windows line ends', '```\r\na\r\nb\r\n```\r\n', 'a\nb'],
    ['an empty fence', '```\n```', ''],
    [
      'Markdown around another fence',
      '```markdown\n# a\n\n```js\nb\n```\n\nc\n```\nd',
      '# a\n\n```js\nb\n```\n\nc',
    ],
    ['Markdown whose last fence may be its end', '```md\na\n\n```\n', 'a\n'],
  ])('is the code of %s', (_, reply, code) => {
    expect(lastCodeBlock([reply])).toBe(code);
  });

  it.each([
    ['no fence', 'a `code` span'],
    ['three backticks in a line', 'a ```b``` c'],
    ['backticks that open and close on one line', '```a```'],
  ])('is null for %s', (_, reply) => {
    expect(lastCodeBlock([reply])).toBeNull();
  });

  it('is from the newest reply that has code', () => {
    expect(lastCodeBlock(['```\nold\n```', '```\nnew\n```', 'no code'])).toBe('new');
    expect(lastCodeBlock([])).toBeNull();
  });
});
