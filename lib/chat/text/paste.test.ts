import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLargePaste, joinContent, splitContent } from './paste';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

describe('isLargePaste', () => {
  it.each<[string, string, boolean]>([
    ['a sentence', 'Why is that?', false],
    ['25 lines', lines(25), false],
    ['26 lines', lines(26), true],
    ['2,000 characters', 'x'.repeat(2000), false],
    ['2,001 characters', 'x'.repeat(2001), true],
  ])('%s', (_name, text, expected) => {
    expect(isLargePaste(text)).toBe(expected);
  });
});

describe('a message with pasted blocks', () => {
  it('has each block after the text, in a fence', () => {
    expect(joinContent('Look:', ['a', 'b'])).toBe('Look:\n\n```\na\n```\n\n```\nb\n```');
  });

  it('is just the text without blocks, and just the block without text', () => {
    expect([joinContent(' as it is\n', []), joinContent('', ['a'])]).toEqual([' as it is\n', '```\na\n```']);
  });

  it('has a fence that no backticks in the block can close', () => {
    expect(joinContent('', ['a\n```\nb'])).toBe('````\na\n```\nb\n````');
  });

  const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '`', '```') });
  const block = text.map((extra) => `${lines(26)}\n${extra}`);

  it('splits into the parts it was joined from', () => {
    const plain = text.filter((one) => !one.includes('`'));
    fc.assert(
      fc.property(plain, fc.array(block, { maxLength: 3 }), (words, pastes) => {
        expect(splitContent(joinContent(words, pastes))).toEqual({ text: words, pastes });
      }),
    );
  });

  it('is the same again after splitting and joining, whatever it contains', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(text, block), { maxLength: 4 }), fc.array(block), (parts, pastes) => {
        const content = joinContent(parts.join('\n'), pastes);
        const apart = splitContent(content);
        expect(joinContent(apart.text, apart.pastes)).toBe(content);
      }),
    );
  });

  it('keeps a small fence in the text', () => {
    const content = 'Why?\n\n```\nconst one = 1\n```';
    expect(splitContent(content)).toEqual({ text: content, pastes: [] });
  });
});
