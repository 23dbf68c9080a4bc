import { describe, expect, it } from 'vitest';
import { formulaGlyphs } from './formula-glyphs';

describe('formulaGlyphs', () => {
  it.each([
    ['E = mc^2', 'E=mc2'],
    ['\\pi r^{2}', 'πr2'],
    ['x_i^{n+1}', 'xin+1'],
    ['\\frac{a+b}{c}', '\na+b\nc\n'],
    ['\\sum_{i=1}^n i', '∑\ni=1\nn\ni'],
    ['\\sin \\theta', 'sinθ'],
    ['\\text{if } x > 0', 'if x>0'],
    ['\\left( \\frac12 \\right)', '(\n1\n2\n)'],
    ['\\sqrt[3]{x}', '\n3\nx\n'],
    ['\\begin{array}{cc} a & b \\\\ c & d \\end{array}', '\na\nb\nc\nd\n'],
    ['\\mathbb{R} \\setminus \\{0\\}', 'R∖{0}'],
    ['\\textcolor{red}{x} % why', 'x'],
    ['\\operatorname{argmax}_x', 'argmax\nx\n'],
    ['50\\%', '50%'],
    ['\\frac{1', '\n1\n'],
    ['a \\, b \\quad c', 'abc'],
  ])('of %j are %j', (tex, seen) => {
    expect(formulaGlyphs(tex)).toBe(seen);
  });

  it.each(['{', '\\frac', '\\text{', '^', '\\left', '\\sqrt['])(
    'are read of a long line of %j in time',
    (part) => {
      const before = performance.now();
      formulaGlyphs(part.repeat(4_000));
      expect(performance.now() - before).toBeLessThan(1_000);
    },
  );
});
