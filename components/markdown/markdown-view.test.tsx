import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MarkdownView } from './markdown-view';

const html = (text: string, turnId = 't', isStreaming = false) =>
  renderToStaticMarkup(<MarkdownView text={text} turnId={turnId} isStreaming={isStreaming} />);

describe('the Markdown of a reply', () => {
  it.each([
    ['<script>alert(1)</script>', '<script'],
    ['<img src=x onerror=alert(1)>', '<img'],
    ['a <b onclick="x()">b</b>', '<b '],
    ['<iframe src="https://example.org"></iframe>', '<iframe'],
  ])('shows raw HTML as text: %s', (text, tag) => {
    expect(html(text)).not.toContain(tag);
    expect(html(text)).toContain(tag.replace('<', '&lt;'));
  });

  it('opens a link in a new tab without opener or referrer', () => {
    expect(html('[a](https://example.org)')).toMatch(
      /href="https:\/\/example.org\/"[^>]*target="_blank" rel="noopener noreferrer"/,
    );
  });

  it.each(['[a](javascript:alert(1))', '[a](data:text/html,x)', '[a](/relative)', '[a](vbscript:x)'])(
    'shows an unsafe link as text: %s',
    (text) => {
      expect(html(text)).toBe('<p><span>a</span></p>');
    },
  );

  it('does not load a remote image, but offers to open it, and names its host', () => {
    const page = html('![tree](https://img.example.org/a.png)');
    expect(page).not.toContain('<img');
    expect(page).toMatch(/<a [^>]*target="_blank".*tree.*Open image from img\.example\.org in a new tab/);
  });

  it('shows the host of a link whose text names another one, across markup', () => {
    expect(html('[**pay**pal.com](https://evil.example/)')).toContain('> (evil.example)</span>');
    expect(html('https://аpple.com/')).toContain('> (xn--pple-43d.com)</span>');
  });

  it('shows no host beside a link that says where it leads', () => {
    expect(html('[the docs](https://example.org/a), https://example.org/b and a@example.org')).not.toContain(
      '</span>',
    );
  });

  it('starts its headings below the heading with the assistant’s name', () => {
    expect(html('# a\n\n## b\n\n###### c')).toMatch(/<h3.*>a<\/h3>[\s\S]*<h4.*>b<\/h4>[\s\S]*<h6.*>c<\/h6>/);
  });

  it('names the language of a fence and highlights it when it is closed', () => {
    const closed = html('```python\nreturn 1\n```');
    expect(closed).toContain('aria-label="Code, python"');
    expect(closed).toMatch(/<span class="[^"]*keyword[^"]*">return<\/span>/);
  });

  it('highlights the lines of an open fence that have ended', () => {
    expect(html('```python\nreturn 1\nreturn <1', 't', true)).toMatch(
      /<code><span class="[^"]*keyword[^"]*">return<\/span>[\s\S]*\nreturn &lt;1<\/code>/,
    );
  });

  it('gives the footnotes of two replies different ids', () => {
    const text = 'a[^1]\n\n[^1]: note';
    expect(html(text, 'one')).toContain('href="#one-fn-1"');
    expect(html(text, 'two')).toContain('href="#two-fn-1"');
  });

  it('resolves link definitions of blocks before and after', () => {
    const page = html(
      '[a][x] and [b]\n\n[x]: https://example.org/x\n\n[b]: https://example.org/b "B"\n\n[c][x]',
    );
    expect(page.match(/href="https:\/\/example.org\/x"/g)).toHaveLength(2);
    expect(page).toContain('href="https://example.org/b"');
  });

  it('numbers footnotes in the order of their references, and links both ways', () => {
    const page = html('a[^late] b[^n]\n\n    code\n\n[^n]: of *n*\n\n[^late]: of late\n\nc[^n]');
    expect(page).toMatch(/<sup><a href="#t-fn-late" id="t-fnref-late"[^>]*>1<\/a><\/sup>/);
    expect(page.match(/id="t-fnref-n"/g)).toHaveLength(1);
    expect(page.match(/href="#t-fn-n"/g)).toHaveLength(2);
    expect(page).toMatch(/<li id="t-fn-late"><p>of late<\/p>.*<li id="t-fn-n"><p>of <em>n<\/em><\/p>/);
  });

  it('shows tables in a scrolling box, and task lists', () => {
    expect(html('| a |\n| - |\n| b |')).toMatch(/<section[^>]*aria-label="Table"[^>]*><table>/);
    expect(html('- [x] done')).toMatch(/<input type="checkbox"[^>]*checked/);
  });
});
