import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight, type Token } from './highlight';
import { familyOf } from './languages';
import { createStreamedHighlighter, type StreamedTokens } from './streamed-highlighter';

const highlighter = (language: string) => {
  const family = familyOf(language);
  if (!family) throw new Error(`${language} is not highlighted`);
  return createStreamedHighlighter(family);
};

const tokensIn = ({ groups }: StreamedTokens) => groups.flat(2);
const textIn = (streamed: StreamedTokens) =>
  tokensIn(streamed)
    .map(({ text }) => text)
    .join('');

/** Adjacent tokens of a kind are one. */
function joined(tokens: readonly Token[]): Token[] {
  const all: Token[] = [];
  for (const { kind, text } of tokens) {
    const last = all.at(-1);
    if (last?.kind === kind) last.text += text;
    else all.push({ kind, text });
  }
  return all;
}

/** The state after each character. */
const stream = (language: string, code: string) => {
  const read = highlighter(language);
  return Array.from(code, (_, index) => read(code.slice(0, index + 1)));
};

describe('createStreamedHighlighter', () => {
  it('colours a line as soon as it has ended', () => {
    const states = stream('js', 'const a = 1;\nreturn a');
    expect(states.at(-2)?.tail).toBe('return ');
    expect(tokensIn(states[12] ?? { groups: [], tail: '' })).toEqual([
      { kind: 'keyword', text: 'const' },
      { kind: 'plain', text: ' a = ' },
      { kind: 'number', text: '1' },
      { kind: 'plain', text: ';\n' },
    ]);
    expect(states[11]?.groups).toEqual([]);
  });

  it.each([
    ['a comment', 'js', 'a();\n/* one\ntwo\n', '/* one\ntwo\n', '*/\nb', '/* one\ntwo\n*/'],
    ['a string', 'python', 's = """one\ntwo\n', '"""one\ntwo\n', '"""\nb', '"""one\ntwo\n"""'],
    ['a template', 'ts', 'x = `one\n', '`one\n', '`;\nb', '`one\n`'],
    ['a comment of HTML', 'html', '<p>\n<!-- one\n', '<!-- one\n', '-->\nb', '<!-- one\n-->'],
  ])('waits for the end of %s over several lines', (_, language, start, tail, rest, token) => {
    const read = highlighter(language);
    expect(read(start).tail).toBe(tail);
    expect(tokensIn(read(start + rest)).map(({ text }) => text)).toContain(token);
  });

  it('ends with the same colours as the whole code, for any code', () => {
    const part = fc.constantFrom(
      'a',
      '1',
      ' ',
      '\n',
      '"',
      "'",
      '`',
      '#',
      '/*',
      '*/',
      '//',
      '--',
      '"""',
      'def ',
      'f(',
      '\\',
    );
    fc.assert(
      fc.property(fc.constantFrom('js', 'python', 'sql', 'bash'), fc.array(part), (language, parts) => {
        const code = `${parts.join('')}\n`;
        const last = stream(language, code).at(-1) ?? { groups: [], tail: '' };
        expect(textIn(last) + last.tail).toBe(code);
        expect(joined([...tokensIn(last), ...highlight(last.tail, language)])).toEqual(
          joined(highlight(code, language)),
        );
      }),
    );
  });

  it('keeps the lines that have ended as they are', () => {
    const code = 'let abc = "def";\n'.repeat(500);
    const read = highlighter('js');
    const readLines = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, line) => read(code.slice(0, (from + line + 1) * 17))).at(-1)
        ?.groups ?? [];
    const before = readLines(0, 350);
    const groups = readLines(350, 500);
    expect(before.length).toBeGreaterThan(1);
    for (const [index, group] of before.slice(0, -1).entries()) expect(groups[index]).toBe(group);
    expect(groups.at(before.length - 1)?.[0]).toBe(before.at(-1)?.[0]);
    expect(Math.max(...groups.map((group) => group.length))).toBeLessThan(200);
  });

  it('leaves lines in the tail as long as it is told to', () => {
    const read = highlighter('js');
    read('a();\n');
    expect(read('a();\nb();\n', false)).toMatchObject({ tail: 'b();\n' });
    const { groups, tail } = read('a();\nb();\nc', true);
    expect([textIn({ groups, tail }), tail]).toEqual(['a();\nb();\n', 'c']);
  });

  it('begins again for another code', () => {
    const read = highlighter('js');
    read('one();\ntwo();\n');
    expect(textIn(read('three();\n'))).toBe('three();\n');
  });

  it('leaves what is beyond the limit without colours', () => {
    const read = highlighter('js');
    read('a();\n'.repeat(5_000));
    const streamed = read('a();\n'.repeat(10_000));
    expect(textIn(streamed)).toBe('a();\n'.repeat(5_000));
    expect(streamed.tail).toBe('a();\n'.repeat(5_000));
  });
});
