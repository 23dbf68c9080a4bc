import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MarkdownView } from '../markdown-view';
import { TopHeading, topHeadingOf } from './top-heading';

/** The levels of a reply's headings, in their order. */
const levelsOf = (text: string): string[] => {
  const page = renderToStaticMarkup(
    <TopHeading value={topHeadingOf(text)}>
      <MarkdownView text={text} turnId="t" />
    </TopHeading>,
  );
  return [...page.matchAll(/<(h\d)/g)].map(([, level = '']) => level);
};

describe('the headings of a reply', () => {
  it.each([
    ['# a\n\n## b\n\n### c', ['h3', 'h4', 'h5']],
    ['## a\n\n### b\n\n## c', ['h3', 'h4', 'h3']],
    ['### a\n\ntext\n\n#### b\n\n###### c', ['h3', 'h4', 'h6']],
    ['## a\n\n# b', ['h3', 'h3']],
    ['```sh\n# no heading\n```\n\n## a\n\n### b', ['h3', 'h4']],
    ['## a[^1]\n\n[^1]: note', ['h3', 'h3']],
    ['no heading, and #none either', []],
  ])(
    'start one level below the assistant’s name and skip only levels that the text skips: %j',
    (text, levels) => {
      expect(levelsOf(text)).toEqual(levels);
    },
  );

  it('keep their levels while the text grows', () => {
    const text = '~~~\n# not yet\n~~~~\n\n### first\n\n# then\n';
    const first = text.indexOf('first');
    for (let end = first; end <= text.length; end += 1) expect(topHeadingOf(text.slice(0, end))).toBe(3);
  });
});
