import { describe, expect, it } from 'vitest';
import { exceedsDiagramLimits } from './diagram-limits';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

describe('exceedsDiagramLimits', () => {
  it.each([
    ['a block as wide as a hundred million', 'block-beta\ncolumns 3\na space:100000000 b'],
    ['the same without -beta', 'block\ncolumns 3\na space:1000 b'],
    ['the same after front matter', '---\ntitle: x\n---\nblock-beta\na space:100000 b'],
    ['the same after a directive', "%%{init: {'theme':'dark'}}%%\nblock-beta\na space:100000 b"],
    ['the same after a comment', '%% pie\nblock-beta\na space:100000 b'],
    ['a packet of a million bits', 'packet-beta\n0-1000000: "x"'],
    ['a packet of a million bits, counted on', 'packet\n+1000000: "x"'],
    ['a plan of a million days', 'gantt\nexcludes weekends\nA :a1, 2024-01-01, 1000000d'],
    ['a plan with a mark for every second', 'gantt\ntickInterval 1second\nA :a1, 2024-01-01, 30d'],
    ['a radar of a million rings', 'radar-beta\naxis a, b, c\ncurve c{1, 2, 3}\nticks 1000000'],
    ['2,500 nodes', `flowchart TD\n${lines(2_500, (n) => `a${n}`)}`],
    ['2,500 nodes on a line', `flowchart TD\n${Array.from({ length: 2_500 }, (_, n) => `a${n}`).join(';')}`],
    [
      '2,500 nodes joined by &',
      `flowchart TD\n${Array.from({ length: 300 }, (_, n) => `a${n}`).join(' & ')}`,
    ],
    ['800 relations', `erDiagram\n${lines(800, (n) => `A${n} ||--o{ B${n} : has`)}`],
    ['a mind map of 300 nodes', `mindmap\n root\n${lines(300, (n) => `  n${n}`)}`],
    ['a label of one long word', `flowchart TD\nA["${'w'.repeat(1_000)}"]`],
    ['a label of 3,000 words', `flowchart TD\nA["${'word '.repeat(3_000)}"]`],
  ])('is true for %s', (_, source) => {
    expect(exceedsDiagramLimits(source)).toBe(true);
  });

  it.each([
    ['a flowchart', 'flowchart TD\nA[Start] --> B{Is it?}\nB -->|Yes| C[OK]'],
    ['a chart of large numbers', 'pie title People\n"India" : 1450000000\n"China" : 1409000000'],
    ['a block diagram', 'block-beta\ncolumns 3\na["Room 1001"] space:2 b\nc:3'],
    ['a packet', 'packet-beta\n0-15: "Source Port"\n16-31: "Destination Port"\n32-63: "Sequence Number"'],
    ['comments lined with dashes', `flowchart TD\n%% ${'-'.repeat(500)}\nA-->B`],
    ['a sequence of 100 messages', `sequenceDiagram\n${lines(100, (n) => `A->>B: message ${n}`)}`],
    ['a plan with marks for every week', 'gantt\ntickInterval 1week\nA :20240101, 30d'],
    ['a radar', 'radar-beta\naxis a, b, c\ncurve c{100000, 2, 3}\nticks 5'],
    ['a plan of several years', 'gantt\ndateFormat YYYY-MM-DD\nWork :a1, 2024-01-01, 1500d'],
  ])('is false for %s', (_, source) => {
    expect(exceedsDiagramLimits(source)).toBe(false);
  });

  it('allows more or less by a factor, but nothing that takes unlimited time', () => {
    const nodes = `flowchart TD\n${lines(200, (n) => `a${n}`)}`;
    expect([0.4, 1, 4].map((factor) => exceedsDiagramLimits(nodes, factor))).toEqual([true, true, false]);
    const few = `flowchart TD\n${lines(100, (n) => `a${n}`)}`;
    expect([0.4, 1, 4].map((factor) => exceedsDiagramLimits(few, factor))).toEqual([true, false, false]);
    expect(exceedsDiagramLimits('block-beta\na space:100000000 b', 1_000)).toBe(true);
  });
});
