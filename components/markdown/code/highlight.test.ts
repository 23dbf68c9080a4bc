import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight, type TokenKind } from './highlight';

const kinds = (code: string, language: string | null) =>
  highlight(code, language)
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }): [TokenKind, string] => [kind, text]);

describe('highlight', () => {
  it.each<[string, string, [TokenKind, string][]]>([
    [
      'python',
      'def f(a): # hi',
      [
        ['keyword', 'def'],
        ['name', 'f'],
        ['comment', '# hi'],
      ],
    ],
    ['python', "s = '''a\nb'''", [['string', "'''a\nb'''"]]],
    [
      'ts',
      'const a = 0x1F // x',
      [
        ['keyword', 'const'],
        ['number', '0x1F'],
        ['comment', '// x'],
      ],
    ],
    [
      'ts',
      '"no // comment" /* yes */',
      [
        ['string', '"no // comment"'],
        ['comment', '/* yes */'],
      ],
    ],
    ['js', String.raw`'it\'s'`, [['string', String.raw`'it\'s'`]]],
    [
      'sql',
      'SELECT 1 -- one',
      [
        ['keyword', 'SELECT'],
        ['number', '1'],
        ['comment', '-- one'],
      ],
    ],
    [
      'json',
      '{"a": "b"}',
      [
        ['name', '"a"'],
        ['string', '"b"'],
      ],
    ],
    ['css', 'a { color: red }', [['name', 'color']]],
    [
      'html',
      '<a href="x">',
      [
        ['keyword', '<a'],
        ['name', 'href'],
        ['string', '"x"'],
        ['keyword', '>'],
      ],
    ],
    ['PYTHON', 'return', [['keyword', 'return']]],
    ['ts', 'constant', []],
    ['brainfuck', 'return 1', []],
  ])('%s: %s', (language, code, expected) => {
    expect(kinds(code, language)).toEqual(expected);
  });

  it('leaves a block without a language plain', () => {
    expect(kinds('return 1', null)).toEqual([]);
  });

  it('keeps every character of any text', () => {
    const languages = fc.constantFrom('python', 'ts', 'sql', 'css', 'html', 'json');
    const pieces = fc.constantFrom(
      '"',
      "'",
      '`',
      '/*',
      '*/',
      '//',
      '#',
      '--',
      '\n',
      'def ',
      '1.5',
      '中',
      '😀',
      '\\',
      '<a ',
      '=',
      ':',
    );
    const text = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, languages, (code, language) => {
        const tokens = highlight(code, language);
        expect(tokens.map((token) => token.text).join('')).toBe(code);
      }),
    );
  });

  it.each([
    '"'.repeat(29_000),
    '/*'.repeat(14_000),
    "'''a".repeat(7_000),
    '<!--'.repeat(7_000),
    `a${'.1'.repeat(14_000)}`,
  ])('highlights hostile text of 29,000 characters without a pause (case %#)', (code) => {
    const began = performance.now();
    for (const language of ['python', 'ts', 'html', 'json']) highlight(code, language);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
