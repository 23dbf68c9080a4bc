import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { expansionsFor } from './formula-limits';
import { renderFormula } from './render-formula';

const repeat = (text: string, times: number) => text.repeat(times);

describe('expansionsFor', () => {
  it.each([
    ['a formula of 4,000 characters', repeat('x^2+', 1_000)],
    ['a table of 2,400 cells', `\\begin{matrix}${repeat('&', 2_400)}\\end{matrix}`],
  ])('is 0 for %s', (_, tex) => {
    expect(expansionsFor(tex)).toBe(0);
  });

  it.each([
    ['\\def', `\\def\\a{${repeat('x', 2_000)}}${repeat('\\a', 200)}`],
    ['\\gdef', `\\gdef\\a{${repeat('x', 2_000)}}${repeat('\\a', 200)}`],
    ['\\newcommand', `\\newcommand{\\a}{${repeat('x', 2_000)}}${repeat('\\a', 200)}`],
    ['\\renewcommand', `\\renewcommand\\a{${repeat('x', 2_000)}}${repeat('\\a', 200)}`],
    ['\\let', `\\let\\a=\\b${repeat('\\a', 1_000)}`],
    ['macros that double', `\\def\\a{${repeat('x', 900)}}\\def\\b{${repeat('\\a', 700)}}\\b`],
  ])('leaves little for a long formula with %s', (_, tex) => {
    expect(expansionsFor(tex) * tex.length).toBeLessThan(25_000);
    expect(renderFormula(tex, true)).toBeNull();
  });

  it.each([
    ['a matrix of 10 by 10', `\\begin{pmatrix}${repeat(`${repeat('a & ', 9)}a \\\\`, 10)}\\end{pmatrix}`],
    [
      'a long derivation',
      `\\begin{aligned}${repeat('f(x) &= \\frac{a}{b} + \\sqrt{x^2} \\\\', 40)}\\end{aligned}`,
    ],
    ['a command of its own', '\\newcommand{\\vv}[1]{\\mathbf{#1}} \\vv{a} \\cdot \\vv{b}'],
    ['letters that begin like a definition', 'a \\leftarrow b \\longrightarrow c \\longmapsto d'],
  ])('lets %s be rendered', (_, tex) => {
    expect(renderFormula(tex, true)).toContain('katex');
    expect(katex.renderToString(tex, { displayMode: true, maxExpand: expansionsFor(tex) })).toContain(
      'katex',
    );
  });
});

describe('renderFormula', () => {
  it.each([
    ['more HTML than the browser lays out at once', repeat("x'", 1_240)],
    ['nesting deeper than the stack', `${repeat('x^{', 900)}x`],
    ['a formula that does not end', '\\frac{a}{'],
  ])('leaves the source of %s', (_, tex) => {
    expect(renderFormula(tex, false)).toBeNull();
  });
});
