import { describe, expect, it } from 'vitest';
import { formulasOf } from './formulas';

/** The formulas of a text: `I{…}` within a sentence, `D{…}` displayed. */
const formulas = (text: string) =>
  formulasOf(text).closed.map(({ tex, isDisplay }) => `${isDisplay ? 'D' : 'I'}{${tex}}`);

describe('the formulas of a text', () => {
  it.each<[string, string, string[]]>([
    ['a formula in a sentence', 'so $x^2$ is', ['I{x^2}']],
    ['with marks of emphasis', '$a_b * c_d$ and $e*f$', ['I{a_b * c_d}', 'I{e*f}']],
    ['a price and a formula', 'costs $5, with $x$', ['I{x}']],
    ['a number', 'the answer is $42$.', ['I{42}']],
    ['between blanks', 'so $ \\alpha $ is', ['I{\\alpha}']],
    ['bars', '$|x|$ and $P(A|B)$', ['I{|x|}', 'I{P(A|B)}']],
    ['bars in a table', '| a | b |\n| - | - |\n| $|x|$ | $P(A | B)$ |', ['I{|x|}', 'I{P(A | B)}']],
    ['an ordinal', 'the $n$th of $k$s', ['I{n}', 'I{k}']],
    ['beside Chinese', '函数$f(x)$是，当$x>0$时', ['I{f(x)}', 'I{x>0}']],
    ['Chinese in a formula', '$v = \\frac{路程}{时间}$', ['I{v = \\frac{路程}{时间}}']],
    ['over lines', 'so $a +\nb$ is', ['I{a +\nb}']],
    ['two dollars in a sentence', 'so $$x$$ is', ['D{x}']],
    ['a block of dollars', '$$\nx = 1\n$$', ['D{x = 1}']],
    ['dollars with a list in them', '$$a\n+ b$$\n\nAfter **b**', ['D{a\n+ b}']],
    ['dollars after text', 'I: $$\nx\n$$\nA **b**', ['D{x}']],
    ['dollars with a blank line', '$$\na\n\n+ b\n$$', ['D{a\n\n+ b}']],
    ['dollars in an item', '- a\n  $$\n  x\n  $$\n- b', ['D{x}']],
    ['dollars at the margin below an item', '1. a\n$$\nx\n$$\n2. b', ['D{x}']],
    ['dollars in a quote', '> $$\n> a\n> + b\n> $$\n> c', ['D{a\n+ b}']],
    ['words in a formula', '$$\n\\text{speed of the light} = c\n$$', ['D{\\text{speed of the light} = c}']],
    ['parentheses', 'so \\(x^2\\) is', ['I{x^2}']],
    ['parentheses over lines', 'so \\(x\n= 2\\) is', ['I{x\n= 2}']],
    ['brackets in a line', 'so \\[x\\] is', ['D{x}']],
    ['brackets with a list in them', '\\[ S = a\n+ b\n- c \\]', ['D{S = a\n+ b\n- c}']],
    ['brackets in an item', '- s:\n  \\[\n  a\n  - b\n  \\]', ['D{a\n  - b}']],
    ['a line break of a matrix in brackets', '\\[ a \\\\[4pt] b \\]', ['D{a \\\\[4pt] b}']],
    [
      'a bare environment',
      '\\begin{align}\na &= b\n\\end{align}',
      ['D{\\begin{align}\na &= b\n\\end{align}}'],
    ],
    [
      'an environment in another',
      '$$\\begin{aligned}a\\end{aligned}$$',
      ['D{\\begin{aligned}a\\end{aligned}}'],
    ],
    ['a formula of chemistry', '$\\ce{H2O}$', ['I{\\ce{H2O}}']],
    ['a formula beside another', '$x$$y$', ['I{x}', 'I{y}']],
    ['dollars on lines of their own', '$\nx\n$', ['I{x}']],
    ['dollars of which one is on a line of its own', '$$x\n$$\n\n$$\ny$$', ['D{x}', 'D{y}']],
    ['a formula after code', '`$` and $x$', ['I{x}']],
    ['a formula after a dollar alone', 'a $ b and $x$ too', ['I{x}']],
  ])('%s', (_, text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  it.each([
    'from $5 to $6',
    'US$5-$10 or 4 $',
    '5$/10$',
    '苹果5$/斤，香蕉3$/斤',
    '100$, 200$',
    '每斤$5，也有10$的',
    'between $5 and 10$',
    '$HOME/bin:$PATH',
    ['$', '{HOME}/bin:$', '{PATH}'].join(''),
    '$(pwd)/$(ls)',
    '$a = $b + $c;',
    'echo $$; kill $$',
    '$$ – moderate\n\nMy pick: **L**',
    'price levels `$ / $$ / $$$`: $ / $$ / $$$',
    '- **A** – $$\n- **B** – $$\n- C – $$$',
    '- A – $$\n- B – $$',
    'A: $$\nB is better: $$ too',
    'Cost: $$\n\nThis is a good place to eat.\n\nOther: $$',
    '| $ | cheap |\n| - | - |\n| $$ | fine |\n| $$ | fine |',
    '| a | $5 | $6 |\n| - | - | - |',
    'a $ b',
    '## \\begin{align}\nx\n\\end{align}',
    '\\$x\\$',
    '`$x$` and `$$y$$`',
    '```sh\necho $x $y$\n```',
    '- a\n  ```\n  $x$\n  ```',
    'not \\[x',
    'not \\(x',
    'not $$x',
    'not \\begin{align} x',
    '\\[1\\] and \\[link\\](https://e.org)',
    'https://e.org/$x$/a',
    'an \\(optional\\) \\[argument\\] and \\[what it does\\]',
    'The cost is $20, or $15 with code. Save $5!',
    'NT$100 到 NT$200，HK$5',
    "awk '{print $1, $2}' and $3",
    'Tip: 15% of $40 = $6 and 20% of $40 = $8',
    'x = $40, y = $50; x < y',
    '($12k–$24k/yr)',
    '[a](https://e.org/$x$)',
  ])('has none: %j', (text) => {
    expect(formulas(text)).toEqual([]);
  });

  it.each<[string, string, string | null]>([
    ['dollars', 'a\n\n$$\nx +', 'x +'],
    ['brackets', 'a \\[ x', 'x'],
    ['parentheses', 'a \\( x', 'x'],
    ['an environment', '\\begin{align}\nx', '\\begin{align}\nx'],
    ['a command after a dollar', 'so $\\alpha', '\\alpha'],
    ['money', 'for $5', null],
    ['price levels', '$$ – moderate\n\nMy pick', null],
    ['what has closed', '$$x$$ and', null],
  ])('may be open: %s', (_, text, tex) => {
    expect(formulasOf(text).open?.tex ?? null).toBe(tex);
  });

  it.each([
    '$',
    '$$',
    '$$a\n',
    '\\[',
    '\\[\n',
    '\\(',
    '\\begin{align}',
    '\\begin{align}\n',
    '`',
    '$a ',
    '$$ a\n\n',
    '```\n$',
  ])('reads a long text of %j without a pause', (mark) => {
    const before = performance.now();
    formulasOf(mark.repeat(12_000 / mark.length));
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
