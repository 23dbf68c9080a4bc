import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SHEETS = globSync('{app,components}/**/*.css');
/** A rule with no other rule inside. */
const RULES = /([^{};]+)\{([^{}]*)\}/g;
const SCROLLS = /(?:^|[\s;])overflow(?:-[xy])?:[^;]*\b(?:auto|scroll)\b/;
const CONTAINS = /(?:^|[\s;])position:\s*(?:relative|absolute|fixed|sticky)\b/;

/** The selectors of a style sheet that scroll, but do not hold what is positioned inside them. */
function looseScrollers(css: string): string[] {
  const rules = Array.from(
    css.replace(/\/\*.*?\*\//gs, '').matchAll(RULES),
    ([, selector = '', body = '']) => ({
      selector: selector.trim(),
      body,
    }),
  );
  const positioned = rules.filter(({ body }) => CONTAINS.test(body)).map(({ selector }) => selector);
  return rules
    .filter(({ body, selector }) => SCROLLS.test(body) && !positioned.includes(selector))
    .map(({ selector }) => selector);
}

describe('every part of the page that scrolls', () => {
  it.each(SHEETS)('holds what is positioned inside it: %s', (sheet) => {
    // Text for screen readers is positioned. Outside of its scroller it would make the page taller than the window.
    expect(looseScrollers(readFileSync(sheet, 'utf8'))).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['.a { overflow: auto; }', ['.a']],
    ['.a { overflow-y: scroll; position: relative; }', []],
    ['.a { overflow: auto hidden }', ['.a']],
    ['.a { position: sticky } @media (max-width: 9px) { .a { overflow: auto hidden } }', []],
    ['.a { overflow-anchor: auto; overflow: clip }', []],
  ])('is recognised: %s', (css, selectors) => expect(looseScrollers(css)).toEqual(selectors));
});
