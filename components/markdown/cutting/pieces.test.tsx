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

  const words = 'Words go on. ';
  /** Expects that the pieces of a text that arrives in steps render as the whole text does. */
  const expectAlike = (source: string, step: number) => {
    const cutter = createPieceCutter();
    for (let end = step; end < source.length; end += step) cutter.cut(source.slice(0, end));
    const pieces = cutter.cut(source);
    expect(pieces).toEqual(createPieceCutter().cut(source));
    if (!pieces || pieces.settled.some(({ length }) => length >= 4_000)) return;
    expect(renderToStaticMarkup(<Paragraph pieces={pieces} isGrowing={false} {...none} />)).toBe(
      renderToStaticMarkup(<ParsedMarkdown text={source.trimEnd()} {...none} />),
    );
  };

  it.each<[string, string, string]>([
    ['a mark of code between marks of emphasis', 'Begin *`*你好。', '`code. Here` '],
    ['a mark of code in a link', 'Begin [a`](x) ', '[a`](x) '],
    ['an escape that ends code', 'Begin `a\\` ', '`b. c` '],
    ['a mark in a URL', 'Begin https://e.org/*a b。*，', 'a*b '],
    ['marks beside punctuation', 'Begin *，，*你好。', 'a*b '],
    ['a formula over a clause', 'Begin \\(a', ', b\\) '],
    ['strong text beside letters', 'Begin **「a」**你好。', '好。**「a」**'],
  ])('render as the whole paragraph does with %s', (_, first, second) => {
    expectAlike(`${first}${words.repeat(50)}${second}${words.repeat(50)}`, 1_000);
  });

  it.each(['\n- item', '\n > quote', '\n\n1. item', '\n# title'])(
    'do not exist once another block has begun, in whatever steps it arrives: %j',
    (block) => {
      const text = prose.repeat(40);
      const source = `${text}${block}\n${text}`;
      for (const step of [1, 3, 40]) {
        const cutter = createPieceCutter();
        expect(cutter.cut(text)).not.toBeNull();
        for (let end = text.length; end < source.length; end += step) cutter.cut(source.slice(0, end));
        expect(cutter.cut(source)).toBeNull();
      }
    },
  );

  it('render as the whole paragraph does, however the text arrives', () => {
    const mark = fc.constantFrom(
      ...['**weight** ', '*a, b* ', '`code. Here` ', '[a link](https://e.org) ', '~~gone~~ ', '[a`](x) '],
      ...[
        'snake_case_name, ',
        '2 * 3, ',
        'a < b. ',
        '**a. B** ',
        'https://e.org. ',
        'https://e.org/*a ',
        '_a_ ',
      ],
      ...['*', '**', '`', '`` ', '[', '~~', '\\', '\\* ', '\\` ', 'a*b ', '，*', '*，', '**「a」**', 'A_b_ '],
      ...['&amp; ', '<https://e.org> ', '\nNext line. ', '再见。', '**x *y* z** ', '~~a *b*~~ '],
      ...['$x, y$ ', '\\(a, b\\) ', '$5, ', '$$a. b$$ ', '1~2, ', '**注意：**正文 ', 'https://e.org。'],
    );
    const marks = fc.array(mark, { minLength: 1, maxLength: 4, size: 'max' }).map((parts) => parts.join(''));
    const filler = fc.constantFrom('Words go on. ', '你好，世界。', 'Then, more. ');
    const text = fc
      .array(fc.tuple(marks, filler), { minLength: 2, maxLength: 6, size: 'max' })
      .map((parts) => parts.map(([some, one]) => some + one.repeat(Math.ceil(320 / one.length))).join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 900 }), (source, step) =>
        expectAlike(`Begin ${source}`, step),
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 40) },
    );
  });
});
