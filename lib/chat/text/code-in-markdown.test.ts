import { describe, expect, it } from 'vitest';
import { CodeSpans, fenceEnd } from './code-in-markdown';

/** What follows the fence that a text begins with. */
const after = (text: string) => {
  const [, marks = '', info = ''] = /^([`~]+)(.*)/.exec(text) ?? [];
  return text.slice(fenceEnd(text, 0, { prefix: '', fence: marks, info })?.end);
};

describe('a fence of Markdown', () => {
  it.each<[string, string, string]>([
    ['without fences in it', '```markdown\n# a\n```\nb', '\nb'],
    ['with a fence in it', '```markdown\n# a\n```js\nx\n```\nmore\n```\n\nb', '\n\nb'],
    ['with two fences in it', '```md\n```js\nx\n```\n\n```sh\ny\n```\n```\nb', '\nb'],
    ['with a fence without a language', '```markdown\na:\n\n```\ncode\n```\n\n## b\n```\n\nc', '\n\nc'],
    ['that closes after a blank line', '```markdown\na\n\n```\n\nb', '\n\nb'],
    ['that closes after a blank line, at the end', '```markdown\na\n\n```', ''],
    ['with longer marks', '````markdown\n```js\nx\n```\n````\nb', '\nb'],
    ['with tildes', '~~~markdown\n```js\nx\n```\n~~~\nb', '\nb'],
    ['that does not close', '```markdown\n```js\nx\n```\n', ''],
    ['of another language', '```js\n```sh\nx\n```\nb', '\nb'],
  ])('%s', (_, text, rest) => {
    expect(after(text)).toBe(rest);
  });
});

it.each([
  ['`a`b', 3],
  ['``a`b``c', 7],
  ['`a\n\nb`', 1],
  ['`a', 1],
])('finds the end of the code span of %j', (text, end) => {
  const ticks = /^`+/.exec(text)?.[0] ?? '';
  expect(new CodeSpans(text).endOf(ticks, ticks.length)).toBe(end);
});
