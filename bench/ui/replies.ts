/**
 * The replies of the UI benchmark, the same in every run. No imports, so that the fake model, which Node runs without
 * a build, can use them too.
 */

export type ReplyKind = 'mixed' | 'fence' | 'paragraph';

export interface Reply {
  kind: ReplyKind;
  /** The size in UTF-8. */
  kilobytes: number;
}

/** The message that asks for this reply. */
export const questionFor = ({ kind, kilobytes }: Reply): string => `Write ${kind} ${kilobytes} kB.`;

/** The reply that the last question in a request body asks for. */
export function parseQuestion(text: string): Reply {
  const [, kind, kilobytes] = [...text.matchAll(/Write (\w+) (\d+) kB/g)].at(-1) ?? [];
  if (kind !== 'mixed' && kind !== 'fence' && kind !== 'paragraph')
    throw new Error(`There is no reply of kind ${kind}.`);
  return { kind, kilobytes: Number(kilobytes) };
}

/** Splits a text into pieces of the size that models send: about four letters, or one or two Chinese characters. */
export const tokensOf = (text: string): string[] =>
  text.match(/[\u4e00-\u9fff]{1,2}|[^\u4e00-\u9fff]{1,4}/gu) ?? [];

export function textOf({ kind, kilobytes }: Reply): string {
  const bytes = kilobytes * 1000;
  switch (kind) {
    case 'mixed':
      return mixed(bytes);
    case 'fence':
      return `\`\`\`ts\n${fill(bytes - 11, codeLine)}\`\`\`\n`;
    case 'paragraph':
      return fill(bytes, sentence);
  }
}

/** A reply of 20 kB has 14 sections, each with a fence. */
const SECTION_BYTES = 20_000 / 14;

function mixed(bytes: number): string {
  const sections = Math.max(1, Math.round(bytes / SECTION_BYTES));
  return Array.from({ length: sections }, (_, n) => section(n, bytes / sections)).join('');
}

const LANGUAGES = ['ts', 'python', 'sql', 'bash', 'json', 'rust', 'css'];

function section(n: number, bytes: number): string {
  const fixed = [
    `${'#'.repeat(2 + (n % 3))} Part ${n + 1}: what ${n % 2 ? 'the store' : 'the stream'} promises\n`,
    `- first, *nothing is lost*\n- then, **nothing comes twice**\n  1. not in a tab\n  2. not in two\n- [x] see [the page](https://example.com/${n})\n`,
    `\`\`\`${LANGUAGES[n % LANGUAGES.length]}\n${fill(330, codeLine)}\`\`\`\n`,
    `| step ${n} | time | note |\n| --- | ---: | --- |\n| parse | ${n} ms | \`once\` |\n| render | ${2 * n} ms | 只一次 |\n`,
    `第 ${n + 1} 节：回复一边到达，一边显示；**已经写完的部分**不再重新解析，滚动的位置也不会跳动。\n`,
    `> Quoted once, and then left alone: ~~${n}~~ ${n + 1}.\n`,
  ].join('\n');
  return `${fixed}\n${fill(bytes - byteLength(fixed) - 3, sentence)}\n\n`;
}

const sentence = (n: number): string =>
  [
    'What has settled is never parsed again, and what is open costs little. ',
    `Number ${n} has *some stress*, some \`code()\`, and a [link](https://example.com/${n}). `,
    '中文和英文排在一起，标点也要好看。',
    'A reader scrolls, selects and copies **while it grows**, and nothing jumps. ',
  ][n % 4] ?? '';

const codeLine = (n: number): string =>
  `  const value${n} = await read('key-${n}', { limit: ${n * 7} }); // keep ${n}\n`;

/** Repeats pieces up to this many bytes. Text that does not end with a newline is cut to the exact size. */
function fill(bytes: number, piece: (n: number) => string): string {
  let text = piece(0);
  for (let n = 1; byteLength(text) < bytes; n += 1) text += piece(n);
  if (!text.endsWith('\n')) return text.slice(0, text.length - overshoot(text, bytes)).trimEnd();
  return text;
}

/** How many characters at the end exceed the size. */
function overshoot(text: string, bytes: number): number {
  let over = byteLength(text) - bytes;
  let characters = 0;
  while (over > 0) {
    characters += 1;
    over -= byteLength(text[text.length - characters] ?? '');
  }
  return characters;
}

const encoder = new TextEncoder();
const byteLength = (text: string): number => encoder.encode(text).length;
