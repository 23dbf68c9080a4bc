import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Paragraph } from '../paragraph';
import { ParsedMarkdown } from '../parsed-markdown';
import { createPieceCutter } from './pieces';

const none = { definitions: '', numbers: '', turnId: 't' };
const prose = 'The fox jumps, as foxes do. It never looks back; why would it? ';

describe('the pieces of a long paragraph', () => {
  it.each<[string, string]>([
    ['a short paragraph', prose],
    ['a list', `- ${prose.repeat(40)}`],
    ['a table', `a | b\n- | -\n${prose.repeat(40)}`],
    ['a paragraph that a list interrupts', `${prose.repeat(40)}\n- a`],
    ['a setext heading', `${prose.repeat(40)}\n===`],
  ])('do not exist for %s', (_, text) => {
    expect(createPieceCutter().cut(text)).toBeNull();
  });

  it('end between clauses, and together are exactly the text', () => {
    const pieces = createPieceCutter().cut(prose.repeat(80));
    expect(pieces?.settled.length).toBeGreaterThan(2);
    expect(pieces?.settled.every((piece) => /[.,;?] $/.test(piece))).toBe(true);
    expect((pieces?.settled.join('') ?? '') + pieces?.open).toBe(prose.repeat(80));
  });

  it('never end inside emphasis or code', () => {
    const inside = ['**', '`'].map(
      (mark) => `${'Words. '.repeat(100)}${mark}In it. And so on. ${prose.repeat(20)}${mark} out. `,
    );
    for (const text of inside) {
      const pieces = createPieceCutter().cut(text.repeat(2));
      expect(pieces?.settled.every((piece) => piece.split(/\*\*|`/).length % 2 === 1) ?? true).toBe(true);
    }
  });

  it('render as the whole paragraph does, however the text arrives', () => {
    const part = fc.constantFrom(
      ...[
        'Words go on. ',
        'Then, more. ',
        '**weight** ',
        '*a, b* ',
        '`code. Here` ',
        '[a link](https://e.org) ',
      ],
      ...[
        'snake_case_name, ',
        '2 * 3, ',
        'a < b. ',
        '**a. B** ',
        '*',
        '**',
        '`',
        '[',
        '~~gone~~ ',
        'https://e.org. ',
      ],
      ...['你好，世界。', '再见。', '\\* ', 'A_b_ ', '&amp; ', '<https://e.org> ', '\nNext line. '],
    );
    const text = fc.array(part, { minLength: 150, maxLength: 400 }).map((parts) => `Begin ${parts.join('')}`);
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 900 }), (source, step) => {
        const cutter = createPieceCutter();
        for (let end = step; end < source.length; end += step) cutter.cut(source.slice(0, end));
        const pieces = cutter.cut(source);
        expect(pieces).toEqual(createPieceCutter().cut(source));
        if (!pieces || pieces.settled.some(({ length }) => length >= 4_000)) return;
        expect(renderToStaticMarkup(<Paragraph pieces={pieces} isGrowing={false} {...none} />)).toBe(
          renderToStaticMarkup(<ParsedMarkdown text={source.trimEnd()} {...none} />),
        );
      }),
      { numRuns: 100 },
    );
  });
});
