import { createRequire } from 'node:module';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MarkdownView } from '@/components/markdown/markdown-view';
import { expectedHtml, normalHtml } from './spec-html';

interface Example {
  markdown: string;
  html: string;
  section: string;
  number: number;
}

const { tests }: { tests: Example[] } = createRequire(import.meta.url)('commonmark-spec');

/** Examples of CommonMark 0.31.2 that render differently on purpose, each with the reason. */
const EXCEPTIONS: Record<number, string> = {
  602: 'a URL is a link even without brackets (GFM autolinks)',
  606: 'an email address is a link even without brackets (GFM autolinks)',
  608: 'a URL is a link even without brackets (GFM autolinks)',
  611: 'a URL is a link even without brackets (GFM autolinks)',
  612: 'an email address is a link even without brackets (GFM autolinks)',
};

const render = (markdown: string) =>
  normalHtml(renderToStaticMarkup(<MarkdownView text={markdown.replaceAll('→', '\t')} turnId="t" />));

describe('every example of CommonMark 0.31.2', () => {
  const failed: number[] = [];
  it.each(tests)('$number, $section', ({ markdown, html, number }) => {
    const same = render(markdown) === expectedHtml(html.replaceAll('→', '\t'), markdown);
    if (!same) failed.push(number);
    expect(same).toBe(!(number in EXCEPTIONS));
  });

  it('matches, apart from the listed exceptions', () => {
    console.info(
      `CommonMark 0.31.2: ${tests.length - failed.length} examples match the spec, ${failed.length} differ`,
    );
    expect(failed).toEqual(Object.keys(EXCEPTIONS).map(Number));
  });
});

describe('GitHub Flavored Markdown, by its specification', () => {
  it.each<[string, string, string]>([
    [
      'a table with alignment',
      '| a | b | c |\n| :- | :-: | -: |\n| d | e | f |',
      '<table><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead><tbody><tr><td>d</td><td>e</td><td>f</td></tr></tbody></table>',
    ],
    [
      'a table without outer pipes',
      'a | b\n-|-\nc',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td></td></tr></tbody></table>',
    ],
    [
      'a pipe in a cell',
      '| a |\n| - |\n| b `\\|` c |',
      '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b <code>|</code> c</td></tr></tbody></table>',
    ],
    [
      'cells beyond the header row are dropped',
      '| a |\n| - |\n| b | c |',
      '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    ],
    ['a delimiter row with too few cells', '| a | b |\n| - |\n| c |', '<p>| a | b |\n| - |\n| c |</p>'],
    [
      'a table ended by another block',
      '| a |\n| - |\n| b |\n> c',
      '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table><blockquote><p>c</p></blockquote>',
    ],
    ['a table without a body', '| a |\n| - |', '<table><thead><tr><th>a</th></tr></thead></table>'],
    [
      'task list items',
      '- [ ] a\n- [x] b',
      '<ul><li><input type="checkbox" disabled=""> a</li><li><input type="checkbox" disabled="" checked=""> b</li></ul>',
    ],
    ['no task list item in a paragraph', '[ ] a', '<p>[ ] a</p>'],
    ['strikethrough', '~~a~~ b', '<p><del>a</del> b</p>'],
    ['one tilde, which is text here', '~a~', '<p>~a~</p>'],
    ['no strikethrough across paragraphs', 'a ~~b\n\nc~~', '<p>a ~~b</p><p>c~~</p>'],
    ['no strikethrough with three tildes', 'a ~~~b~~~', '<p>a ~~~b~~~</p>'],
    ['a URL', 'www.example.org/a', '<p><a href="http://www.example.org/a">www.example.org/a</a></p>'],
    [
      'a URL before a full stop',
      'https://example.org/a.',
      '<p><a href="https://example.org/a">https://example.org/a</a>.</p>',
    ],
    [
      'a URL in parentheses',
      '(https://example.org/a(b))',
      '<p>(<a href="https://example.org/a(b)">https://example.org/a(b)</a>)</p>',
    ],
    [
      'an email address',
      'to a.b@example.org',
      '<p>to <a href="mailto:a.b@example.org">a.b@example.org</a></p>',
    ],
    ['an unsafe URL, which is text', 'ftp://example.org', '<p>ftp://example.org</p>'],
    ['raw HTML, which is text here', '<title>a</title>', '&lt;title&gt;a&lt;/title&gt;'],
  ])('%s', (_, markdown, html) => {
    expect(render(markdown)).toBe(html);
  });
});
