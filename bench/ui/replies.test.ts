import { describe, expect, it } from 'vitest';
import { parseQuestion, questionFor, type Reply, textOf, tokensOf } from './replies';

const bytesOf = (reply: Reply) => Buffer.byteLength(textOf(reply));

describe('the replies of the UI benchmark', () => {
  it.each<Reply>([
    { kind: 'mixed', kilobytes: 20 },
    { kind: 'mixed', kilobytes: 40 },
    { kind: 'fence', kilobytes: 20 },
    { kind: 'paragraph', kilobytes: 10 },
  ])('a $kind reply of $kilobytes kB has that size, and its tokens add up to its text', (reply) => {
    expect(Math.abs(bytesOf(reply) / (reply.kilobytes * 1000) - 1)).toBeLessThan(0.02);
    expect(tokensOf(textOf(reply)).join('')).toBe(textOf(reply));
    expect(parseQuestion(`{"content":"Write mixed 1 kB."},{"content":"${questionFor(reply)}"}`)).toEqual(
      reply,
    );
  });

  it('a mixed reply of 20 kB has headings, 14 fences, tables, lists and Chinese', () => {
    const lines = textOf({ kind: 'mixed', kilobytes: 20 }).split('\n');
    const count = (mark: RegExp) => lines.filter((line) => mark.test(line)).length;
    expect(count(/^```\w+$/)).toBe(14);
    expect(count(/^```$/)).toBe(14);
    expect(count(/^#{2,4} /)).toBe(14);
    expect(count(/^\| ---/)).toBe(14);
    expect(count(/^- \[x\]/)).toBe(14);
    expect(count(/^第/)).toBe(14);
  });

  it('a fence reply is one code block, and a paragraph reply one line', () => {
    expect(textOf({ kind: 'fence', kilobytes: 20 }).match(/```/g)).toHaveLength(2);
    expect(textOf({ kind: 'paragraph', kilobytes: 20 })).not.toContain('\n');
  });
});
