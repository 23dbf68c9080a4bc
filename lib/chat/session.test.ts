import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, previewOf } from './session';

const family = '👨‍👩‍👧';

describe('oneLine', () => {
  it.each([
    ['keeps a text that fits', 'hello', 5, 'hello'],
    ['counts the ellipsis', 'hello!', 5, 'hell…'],
    ['leaves no space before the ellipsis', 'abcd fgh', 6, 'abcd…'],
    ['collapses white space', ' a\n\n b\t', 9, 'a b'],
    ['counts graphemes', family.repeat(3), 2, `${family}…`],
    ['does not count code units', family.repeat(2), 2, family.repeat(2)],
    ['keeps a combining mark with its letter', 'aaaaae\u0301', 6, 'aaaaae\u0301'],
    ['never cuts between a letter and its combining mark', 'aaaae\u0301bc', 6, 'aaaae\u0301…'],
  ])('%s', (_, text, limit, line) => {
    expect(oneLine(text, limit)).toBe(line);
  });

  it('agrees with the segmenter on any text', () => {
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

  it('reads only the start of a long text', () => {
    expect(previewOf('word '.repeat(1_000_000))).toHaveLength(80);
  });
});
