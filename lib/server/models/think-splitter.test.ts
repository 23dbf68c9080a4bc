import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThinkSplitter } from './think-splitter';

function split(chunks: string[]): { reasoning: string; content: string } {
  const splitter = createThinkSplitter();
  const said = { reasoning: '', content: '' };
  for (const { type, text } of [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()])
    said[type] += text;
  return said;
}

describe('the splitter of <think> tags', () => {
  it.each([
    ['<think>why</think>so', 'why', 'so'],
    ['\n <think>\nwhy\n\n</think>\n\nso ', 'why', 'so '],
    ['<think>\n\n</think>\n\nso', '', 'so'],
    ['<think>for ever', 'for ever', ''],
    ['<think>nearly </thin', 'nearly </thin', ''],
    ['<think>a < b </ c</think>x', 'a < b </ c', 'x'],
    ['plain', '', 'plain'],
    ['  indented', '', '  indented'],
    ['<thin', '', '<thin'],
    ['<thinking>no</thinking>', '', '<thinking>no</thinking>'],
    ['Use `<think>x</think>` tags', '', 'Use `<think>x</think>` tags'],
    ['<think>a</think>b <think>c</think>', 'a', 'b <think>c</think>'],
    ['', '', ''],
  ])('reads %j', (text, reasoning, content) => {
    expect(split([text])).toEqual({ reasoning, content });
    expect(split([...text])).toEqual({ reasoning, content });
  });

  it('gives the same result however the text is cut', () => {
    const word = fc.constantFrom('<think>', '</think>', '<', '/', 'th', ' ', '\n', 'ink>', 'why', '想');
    fc.assert(
      fc.property(fc.array(word), fc.array(fc.nat()), (words, cuts) => {
        const text = words.join('');
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(split(chunks)).toEqual(split([text]));
      }),
      { numRuns: 1000 },
    );
  });

  it('holds nothing back once the content has begun', () => {
    const splitter = createThinkSplitter();
    splitter.push('So <');
    expect(splitter.push('think>')).toEqual([{ type: 'content', text: 'think>' }]);
  });
});
