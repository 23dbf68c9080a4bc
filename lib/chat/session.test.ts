import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, previewOf } from './session';

const family = '👨‍👩‍👧';

describe('one line of a text', () => {
  it.each([
    ['fits', 'hello', 5, 'hello'],
    ['is cut with an ellipsis that counts', 'hello!', 5, 'hell…'],
    ['has no space before the ellipsis', 'abcd fgh', 6, 'abcd…'],
    ['has its white space folded', ' a\n\n b\t', 9, 'a b'],
    ['counts what a reader calls a character', family.repeat(3), 2, `${family}…`],
    ['fits by characters, not by code units', family.repeat(2), 2, family.repeat(2)],
    ['keeps a mark with its letter', 'aaaaae\u0301', 6, 'aaaaae\u0301'],
    ['cuts no mark off its letter', 'aaaae\u0301bc', 6, 'aaaae\u0301…'],
  ])('%s', (_, text, limit, line) => {
    expect(oneLine(text, limit)).toBe(line);
  });

  it('is the same as counting every character of any text', () => {
    const mixed = fc
      .array(fc.constantFrom('a', 'b ', ' ', 'e\u0301', family, '你', '\r\n', '🇩🇪'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(
        fc.oneof(mixed, fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 1, max: 12 }),
        (text, limit) => {
          const folded = text
            .slice(0, limit * 16)
            .replace(/\s+/gu, ' ')
            .trim();
          const all = Array.from(new Intl.Segmenter().segment(folded), ({ segment }) => segment);
          const cut = `${all
            .slice(0, limit - 1)
            .join('')
            .trimEnd()}…`;
          expect(oneLine(text, limit)).toBe(all.length <= limit ? folded : cut);
        },
      ),
    );
  });

  it('costs no more for a long text', () => {
    expect(previewOf('word '.repeat(1_000_000))).toHaveLength(80);
  });
});
