import { describe, expect, it } from 'vitest';
import { speechPieces } from './speech-pieces';

describe('speechPieces', () => {
  it.each<[string, string, [string, string][]]>([
    ['joins short sentences', 'One. Two! Three?', [['One. Two! Three?', 'en']]],
    ['leaves out lines without words', '---\n\n…', []],
    ['detects Chinese', '你好，世界！今天怎么样？', [['你好，世界！ 今天怎么样？', 'zh']]],
    [
      'splits where the language changes',
      'Say it so.\n你好，世界。',
      [
        ['Say it so.', 'en'],
        ['你好，世界。', 'zh'],
      ],
    ],
    [
      'detects Chinese with a Latin name in it',
      '用 Redis 保存这些对话。',
      [['用 Redis 保存这些对话。', 'zh']],
    ],
    ['joins lines without a full stop', 'A heading\nA line', [['A heading A line', 'en']]],
  ])('%s', (_, text, pieces) => {
    expect(speechPieces(text).map(({ text, language }) => [text, language])).toEqual(pieces);
  });

  it.each([
    ['sentences', 'This is a sentence of some words. '.repeat(40)],
    ['one sentence of many commas', `${'a clause of words, '.repeat(60)}end.`],
    ['one sentence without a comma', 'word '.repeat(400)],
    ['one word', 'a'.repeat(2000)],
    ['Chinese', '这是一个没有停顿的句子'.repeat(60)],
  ])('makes no piece so long that Chrome goes silent: %s', (_, text) => {
    const pieces = speechPieces(text);
    const seconds = pieces.map(({ text, language }) => text.length / (language === 'zh' ? 4 : 14));
    expect(Math.max(...seconds)).toBeLessThan(14);
    expect(
      pieces
        .map(({ text }) => text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(text.replace(/\s/g, ''));
  });

  it('splits a long text without a pause', () => {
    const before = performance.now();
    speechPieces('word, '.repeat(50_000));
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
