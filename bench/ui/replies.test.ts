import { describe, expect, it } from 'vitest';
import { questionFor, type Reply, readQuestion, textOf, tokensOf } from './replies';

const bytesOf = (reply: Reply) => Buffer.byteLength(textOf(reply));

describe('the replies of the UI bench', () => {
  it.each<Reply>([
    { kind: 'mixed', kilobytes: 20 },
    { kind: 'mixed', kilobytes: 40 },
    { kind: 'fence', kilobytes: 20 },
    { kind: 'paragraph', kilobytes: 10 },
  ])('$kind of $kilobytes kB has that size, and its tokens are the text', (reply) => {
    expect(Math.abs(bytesOf(reply) / (reply.kilobytes * 1000) - 1)).toBeLessThan(0.02);
    expect(tokensOf(textOf(reply)).join('')).toBe(textOf(reply));
    expect(readQuestion(`{"content":"Write mixed 1 kB."},{"content":"${questionFor(reply)}"}`)).toEqual(
      reply,
    );
  });

  it('20 kB have what the issue names: headings, 14 fences, tables, lists, Chinese', () => {
    const lines = textOf({ kind: 'mixed', kilobytes: 20 }).split('\n');
    const count = (mark: RegExp) => lines.filter((line) => mark.test(line)).length;
    expect(count(/^```\w+$/)).toBe(14);
    expect(count(/^```$/)).toBe(14);
    expect(count(/^#{2,4} /)).toBe(14);
    expect(count(/^\| ---/)).toBe(14);
    expect(count(/^- \[x\]/)).toBe(14);
    expect(count(/^第/)).toBe(14);
  });

  it('a fence is one block and a paragraph is one line', () => {
    expect(textOf({ kind: 'fence', kilobytes: 20 }).match(/```/g)).toHaveLength(2);
    expect(textOf({ kind: 'paragraph', kilobytes: 20 })).not.toContain('\n');
  });
});
