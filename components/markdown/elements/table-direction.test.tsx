import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MarkdownView } from '../markdown-view';

const directionOf = (rows: string[]) =>
  /<section[^>]*? dir="(\w+)"/.exec(
    renderToStaticMarkup(<MarkdownView text={rows.join('\n')} turnId="t" />),
  )?.[1];

describe('the columns of a table', () => {
  it.each([
    ['Arabic', ['| الاسم | العمر |', '| --- | --- |', '| سارة | 30 |'], 'rtl'],
    [
      'Hebrew with an English term',
      ['| API | תיאור |', '| --- | --- |', '| GET | קריאה |', '| קלט | פלט |'],
      'rtl',
    ],
    [
      'Arabic with code',
      ['| `map` | `filter` | الشرح |', '| --- | --- | --- |', '| `reduce` | `x` | يجمع |'],
      'rtl',
    ],
    ['English', ['| Name | Age |', '| --- | --- |', '| Sara | 30 |'], 'ltr'],
    ['English with a word of Arabic', ['| Word | Meaning |', '| --- | --- |', '| سلام | peace |'], 'ltr'],
    ['Chinese', ['| 姓名 | 年龄 |', '| --- | --- |', '| 王 | 30 |'], 'ltr'],
    ['only numbers', ['| 1 | 2 |', '| --- | --- |', '| 3 | 4 |'], undefined],
  ])('follow each other in the direction of its text: %s', (_, rows, direction) => {
    expect(directionOf(rows)).toBe(direction);
  });
});
