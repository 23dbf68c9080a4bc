import { renderToStaticMarkup } from 'react-dom/server';
import 'katex/contrib/mhchem';
import { expect, it } from 'vitest';
import { Formula } from './formula';

const html = (tex: string, display = false) => renderToStaticMarkup(<Formula tex={tex} display={display} />);

it.each([
  '\\ce{H2O}',
  '\\ce{2H2 + O2 -> 2H2O}',
  '\\pu{5 m/s}',
  '\\begin{align}a &= b\\\\&= c\\end{align}',
  '\\begin{align*}a &= b\\end{align*}',
  '\\begin{eqnarray}a &=& b\\end{eqnarray}',
  '\\begin{multline}a \\\\ b\\end{multline}',
  '\\begin{cases}a & b\\\\c & d\\end{cases}',
  '|x| + \\|y\\|',
  'v = \\frac{路程}{时间}',
])('sets %s', (tex) => {
  expect(html(tex)).toContain('class="katex');
  expect(html(tex, true)).toContain('class="katex');
});

it('shows what it cannot set as its source', () => {
  expect(html('\\frac{a')).toMatch(/<code [^>]*>\\frac\{a<\/code>/);
});
