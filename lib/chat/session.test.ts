import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank, oneLine } from './session';
import { titleOf } from './text/plain-line';

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
          const whole = isBlank(folded) ? '' : folded;
          expect(oneLine(text, limit)).toBe(whole === '' || all.length <= limit ? whole : cut);
        },
      ),
    );
  });

  it('reads only the start of a long text', () => {
    expect(oneLine('word '.repeat(1_000_000), 80)).toHaveLength(80);
  });
});

describe('a title', () => {
  it.each([
    ['a zero-width space', '\u200b'],
    ['several zero-width spaces', '\u200b \u200b\n\u200b'],
    ['joiners', '\u200d\u200c'],
    ['a word joiner', '\u2060'],
    ['a byte order mark', '\ufeff'],
    ['marks of direction', '\u200e\u200f\u202a\u202c\u2066\u2069'],
    ['a soft hyphen', '\u00ad'],
    ['the Hangul filler', '\u3164'],
    ['an empty Braille pattern', '\u2800'],
    ['a variation selector', '\ufe0f'],
    ['tag characters', '\u{e0041}\u{e007f}'],
    ['a control character', '\u0007'],
  ])('of %s is none', (_what, text) => {
    expect([isBlank(text), titleOf(text)]).toEqual([true, '']);
  });

  it.each([
    ['an emoji', '👨\u200d👩\u200d👧'],
    ['a dot', '.'],
    ['Chinese', '你'],
    ['a word after a zero-width space', '\u200bword'],
    ['an Arabic letter with its mark of direction', '\u200fم'],
    ['a combining mark alone', '\u0301'],
  ])('of %s stays as it is', (_what, text) => {
    expect(titleOf(text)).toBe(text);
  });
});
