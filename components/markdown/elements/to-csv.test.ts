import { describe, expect, it } from 'vitest';
import { toCsv } from './to-csv';

describe('a table as CSV', () => {
  it.each<[string, string[][], string]>([
    [
      'plain cells',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
      'a,b\r\n1,2\r\n',
    ],
    ['commas and quotes', [['a, b', 'say "hi"']], '"a, b","say ""hi"""\r\n'],
    ['empty cells', [['', 'b', '']], ',b,\r\n'],
    ['what a spreadsheet would run', [['=1+1', '@x', '-cmd']], "'=1+1,'@x,'-cmd\r\n"],
    ['numbers with a sign', [['-5', '+3.2', '-10%']], '-5,+3.2,-10%\r\n'],
  ])('%s', (_, rows, csv) => {
    expect(toCsv(rows)).toBe(csv);
  });
});
