/** A draft with words quoted at its end, as Markdown has it, and room to answer below them. */
export function withQuote(draft: string, words: string): string {
  const quoted = words
    .trim()
    .split(/\r\n?|\n/)
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n');
  const before = draft.trimEnd();
  return `${before === '' ? '' : `${before}\n\n`}${quoted}\n\n`;
}
