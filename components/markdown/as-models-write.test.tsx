import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { MarkdownView } from './markdown-view';

vi.mock('./math/math-text', () => ({
  MathText: ({ tex, display }: { tex: string; display: boolean }) => `${display ? 'D' : 'I'}{${tex}}`,
}));

/** The page of a reply, without what surrounds code, links and tables. */
const page = (text: string, isStreaming = false) =>
  renderToStaticMarkup(<MarkdownView text={text} turnId="t" isStreaming={isStreaming} />)
    .replace(/<figcaption[\s\S]*?<\/figcaption>|<div[^>]*><button[\s\S]*?<\/div>/g, '')
    .replace(/<\/?(?:figure|section|thead|tbody|span)[^>]*>/g, '')
    .replace(/ (?:class|target|rel|tabindex|aria-label|style)="[^"]*"/g, '')
    .replace(/\s*\n\s*/g, '');

describe('formulas', () => {
  it.each<[string, string]>([
    ['$$a\n+ b$$\n\nAfter **b**', '<p>D{a+ b}</p><p>After <strong>b</strong></p>'],
    ['I: $$\nx\n$$\nA **b**', '<p>I: D{x}A <strong>b</strong></p>'],
    ['- s:\n  \\[\n  a\n  - b\n  \\]\n- t', '<ul><li>s:D{a- b}</li><li>t</li></ul>'],
    ['\\[ S = a\n+ b\n- c \\]\n\nnext', '<p>D{S = a+ b- c}</p><p>next</p>'],
    ['1. a\n$$\nx\n$$\n2. b', '<ol><li>aD{x}</li><li>b</li></ol>'],
    ['> \\[\n> a\n> # b\n> \\]', '<blockquote><p>[<br/>a</p><h3>b</h3><p>]</p></blockquote>'],
    ['> $$\n> a\n> + b\n> $$\n> c', '<blockquote><p>D{a+ b}c</p></blockquote>'],
    ['so $ \\alpha $ is', '<p>so I{\\alpha} is</p>'],
    [
      '| a | b |\n| - | - |\n| $|x|$ | y |',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>I{|x|}</td><td>y</td></tr></table>',
    ],
    [
      '| a | b |\n| - | - |\n| $\\|x\\|$ | y |',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>I{|x|}</td><td>y</td></tr></table>',
    ],
    ['so $\\|x\\|$ is', '<p>so I{\\|x\\|} is</p>'],
    ['$\\ce{H2O}$', '<p>I{\\ce{H2O}}</p>'],
    [
      '\\begin{align}\na &= b \\\\\n&= c\n\\end{align}\n\n# d',
      '<p>D{\\begin{align}a &amp;= b \\\\&amp;= c\\end{align}}</p><h3>d</h3>',
    ],
    ['$$\na\n\n+ b\n$$\nc', '<p>D{a+ b}c</p>'],
    ['\\[\na\n\n\\]\n\n- b', '<p>D{a}</p><ul><li>b</li></ul>'],
    ['- a\n\n  $$\n  x\n\n  + y\n  $$\n\nb', '<ul><li><p>a</p><p>D{x+ y}</p></li></ul><p>b</p>'],
    ['*$x$* and **$$y$$**', '<p><em>I{x}</em> and <strong>D{y}</strong></p>'],
    ['[of $x$](https://e.org/$x$)', '<p><a href="https://e.org/$x$">of I{x}</a></p>'],
    ['# The $n$th', '<h3>The I{n}th</h3>'],
    [
      'a[^1]\n\n[^1]: of $x$',
      '<p>a<sup><a href="#t-fn-1" id="t-fnref-1">1</a></sup></p><h3 id="t-footnotes">Footnotes</h3><ol><li id="t-fn-1"><p>of I{x}</p><a href="#t-fn-1ref">↩</a></li></ol>',
    ],
  ])('are set: %j', (text, html) => {
    expect(page(text).replace('#t-fnref-1">↩', '#t-fn-1ref">↩')).toBe(html);
  });

  it.each<[string, string]>([
    ['$$ – moderate\n\nMy pick: **L**', '<p>$$ – moderate</p><p>My pick: <strong>L</strong></p>'],
    [
      '$$\nNot closed, and words go on here.\n\n# b',
      '<p>$$<br/>Not closed, and words go on here.</p><h3>b</h3>',
    ],
    [
      '\\[ not closed\n\nMore words are to come.\n\n- b',
      '<p>[ not closed</p><p>More words are to come.</p><ul><li>b</li></ul>',
    ],
    ['5$/10$', '<p>5$/10$</p>'],
    ['苹果5$/斤，香蕉3$/斤', '<p>苹果5$/斤，香蕉3$/斤</p>'],
    ['100$, 200$', '<p>100$, 200$</p>'],
    ['$HOME/bin:$PATH', '<p>$HOME/bin:$PATH</p>'],
    [
      '- A: $$\n- B: $$\n\n```sh\necho $$\n```',
      '<ul><li>A: $$</li><li>B: $$</li></ul><pre><code>echo $$</code></pre>',
    ],
  ])('are not seen in %j', (text, html) => {
    expect(page(text)).toBe(html);
  });
});

describe('emphasis', () => {
  it.each<[string, string]>([
    ['**注意：**正文', '<strong>注意：</strong>正文'],
    ['**“中文”**后', '<strong>“中文”</strong>后'],
    ['**C++**语言', '<strong>C++</strong>语言'],
    ['**$x$**是', '<strong>I{x}</strong>是'],
    ['**「A」**和**《B》**', '<strong>「A」</strong>和<strong>《B》</strong>'],
    ['前**（注）**后', '前<strong>（注）</strong>后'],
    ['*強調。*次', '<em>強調。</em>次'],
    ['**`code`**的', '<strong><code>code</code></strong>的'],
    ['**[链接](https://e.org)**在', '<strong><a href="https://e.org/">链接</a></strong>在'],
    ['~~删除。~~后', '<del>删除。</del>后'],
    ['**굵게(bold)**는', '<strong>굵게(bold)</strong>는'],
    ['**100%**的', '<strong>100%</strong>的'],
    ['2 * 3 * 4 和 a_b_c', '2 * 3 * 4 和 a_b_c'],
  ])('%s', (text, html) => {
    expect(page(text)).toBe(`<p>${html}</p>`);
  });
});

describe('tildes', () => {
  it.each<[string, string]>([
    ['1~2，3~5', '1~2，3~5'],
    ['10~20 and 30~40', '10~20 and 30~40'],
    ['~5 min or ~10 min', '~5 min or ~10 min'],
    ['~~gone~~ 1~2', '<del>gone</del> 1~2'],
  ])('%s', (text, html) => {
    expect(page(text)).toBe(`<p>${html}</p>`);
  });
});

const link = (url: string, text = url) => `<a href="${url}">${text}</a>`;

describe('URLs', () => {
  it.each<[string, string]>([
    ['见 https://e.com/a。', `见 ${link('https://e.com/a')}。`],
    ['https://example.com英文', `${link('https://example.com/', 'https://example.com')}英文`],
    ['https://e.com/a，**重要**', `${link('https://e.com/a')}，<strong>重要</strong>`],
    ['https://e.com/a（说明）', `${link('https://e.com/a')}（说明）`],
    ['（https://e.com/a）', `（${link('https://e.com/a')}）`],
    ['“https://e.com/a”', `“${link('https://e.com/a')}”`],
    ['**https://e.com/a**，见', `<strong>${link('https://e.com/a')}</strong>，见`],
    ['https://e.com/a_(b)的', `${link('https://e.com/a_(b)')}的`],
    ['https://e.com/a.的', `${link('https://e.com/a')}.的`],
    ['www.e.com。', `${link('http://www.e.com/', 'www.e.com')}。`],
    ['a@e.com，', `${link('mailto:a@e.com', 'a@e.com')}，`],
    ['`https://e.com/中`', '<code>https://e.com/中</code>'],
    ['[中](https://e.com/中)', link('https://e.com/%E4%B8%AD', '中')],
    ['<https://e.com/中>', link('https://e.com/%E4%B8%AD', 'https://e.com/中')],
  ])('end before Chinese: %s', (text, html) => {
    expect(page(text)).toBe(`<p>${html}</p>`);
  });
});

describe('line breaks', () => {
  it.each<[string, string]>([
    ['a\nb', '<p>a<br/>b</p>'],
    ['床前明月光\n疑是地上霜', '<p>床前明月光<br/>疑是地上霜</p>'],
    ['**a\nb**', '<p><strong>a<br/>b</strong></p>'],
    ['- a\n  b', '<ul><li>a<br/>b</li></ul>'],
    ['> a\n> b', '<blockquote><p>a<br/>b</p></blockquote>'],
    ['a  \nb\\\nc', '<p>a<br/>b<br/>c</p>'],
    ['a\r\nb', '<p>a<br/>b</p>'],
    ['`a\nb`', '<p><code>a b</code></p>'],
  ])('%j', (text, html) => {
    expect(page(text)).toBe(html);
  });
});

describe('harmless HTML', () => {
  it.each<[string, string]>([
    ['| a |\n| - |\n| b<br>c<br/>d |', '<table><tr><th>a</th></tr><tr><td>b<br/>c<br/>d</td></tr></table>'],
    ['H<sub>2</sub>O, x<sup>2</sup>', '<p>H<sub>2</sub>O, x<sup>2</sup></p>'],
    ['<kbd>Ctrl</kbd>+<kbd>C</kbd>', '<p><kbd>Ctrl</kbd>+<kbd>C</kbd></p>'],
    ['<mark>a **b**</mark> <u>c</u>', '<p><mark>a <strong>b</strong></mark> <u>c</u></p>'],
    ['a<BR>b', '<p>a<br/>b</p>'],
    ['a\n<br>\n**b**', '<p>a<br/><br/><br/><strong>b</strong></p>'],
    ['<u>\n**a**\n</u>', '<p><u><br/><strong>a</strong><br/></u></p>'],
    [
      '<details>\n<summary>More of **it**</summary>\nText **b**\n\n- c\n</details>\nAfter *d*',
      '<details><summary>More of <strong>it</strong></summary><p>Text <strong>b</strong></p><ul><li>c</li></ul></details><p>After <em>d</em></p>',
    ],
    [
      '- <details>\n  <summary>S</summary>\n  x\n\n  </details>\n- y',
      '<ul><li><details><summary>S</summary><p>x</p></details></li><li><p>y</p></li></ul>',
    ],
    [
      '1. a\n   <details>\n   <summary>S</summary>\n\n   x\n   </details>\n2. b',
      '<ol><li><p>a</p><details><summary>S</summary><p>x</p></details></li><li><p>b</p></li></ol>',
    ],
    [
      '<details>\n<summary>S</summary>\n\n```html\n</details>\n```\n\n</details>\n\nb',
      '<details><summary>S</summary><pre><code>&lt;/details&gt;</code></pre></details><p>b</p>',
    ],
    [
      '<details><summary><b>T</b></summary>\n\n```js\na\n\n# b\n```\n\n</details>',
      '<details><summary>T</summary><pre><code>a# b</code></pre></details>',
    ],
    [
      '- a\n\n<details>\n<summary>T</summary>\nb\n\nc\n</details>',
      '<ul><li>a</li></ul><details><summary>T</summary><p>b</p><p>c</p></details>',
    ],
  ])('is set: %j', (text, html) => {
    expect(page(text)).toBe(html);
  });

  it.each<[string, string]>([
    ['a<sub>b', '<p>a&lt;sub&gt;b</p>'],
    ['a</sub>b', '<p>a&lt;/sub&gt;b</p>'],
    ['<sub onclick="x()">a</sub>', '<p>&lt;sub onclick=&quot;x()&quot;&gt;a&lt;/sub&gt;</p>'],
    ['<br onclick=x>', '&lt;br onclick=x&gt;'],
    ['<b>a</b>', '<p>&lt;b&gt;a&lt;/b&gt;</p>'],
    ['`<br>` and `<sub>`', '<p><code>&lt;br&gt;</code> and <code>&lt;sub&gt;</code></p>'],
    ['<details open ontoggle=x>a', '&lt;details open ontoggle=x&gt;a'],
    ['**a<sub>b**</sub>', '<p><strong>a&lt;sub&gt;b</strong>&lt;/sub&gt;</p>'],
  ])('is text otherwise: %j', (text, html) => {
    expect(page(text)).toBe(html);
  });
});

describe('a fence of Markdown', () => {
  it.each<[string, string]>([
    [
      '```markdown\n# a\n```js\nx\n```\nb\n```\n\n**c**',
      '<pre><code># a```jsx```b</code></pre><p><strong>c</strong></p>',
    ],
    [
      '- a\n  ```md\n  ```js\n  x\n  ```\n  ```\n- b',
      '<ul><li>a<pre><code>```jsx```</code></pre></li><li>b</li></ul>',
    ],
  ])('closes last: %j', (text, html) => {
    expect(page(text)).toBe(html);
  });
});
