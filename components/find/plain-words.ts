/** Fenced code, whose words stand as they are; then what else is not shown as it is written. */
const FENCE = /^ {0,3}(```+|~~~+)[^\n]*\n([\s\S]*?)(?:^ {0,3}\1[^\n]*$|(?![\s\S]))/gm;

const MARKS: readonly [RegExp, string][] = [
  // An image is a button until somebody asks for it.
  [/!\[[^\]\n]*\]\([^)\n]*\)/g, ''],
  [/\[([^\]\n]+)\]\([^)\n]*\)/g, '$1'],
  [/^ {0,3}(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\] )?/gm, ''],
  [/^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?$/gm, ''],
  [/^[ \t]*\| ?| ?\|[ \t]*$/gm, ''],
  [/ ?\| ?/g, '\n'],
  [/\*\*|__|~~|`/g, ''],
  [/(?<![\w*\\])\*(?=\S)|(?<=[^\s\\])\*(?![\w*])/g, ''],
  [/\\([!-/:-@[-`{-~])/g, '$1'],
];

/**
 * The words of Markdown about as the page shows them, for counting what can be found in turns that are not drawn.
 * Near, not exact: what is highlighted is found in what is drawn.
 */
export function plainWords(markdown: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const fence of markdown.matchAll(FENCE)) {
    parts.push(withoutMarks(markdown.slice(end, fence.index)), fence[2] ?? '');
    end = fence.index + fence[0].length;
  }
  return [...parts, withoutMarks(markdown.slice(end))].join('\n');
}

const withoutMarks = (text: string): string =>
  MARKS.reduce((words, [mark, shown]) => words.replace(mark, shown), text);
