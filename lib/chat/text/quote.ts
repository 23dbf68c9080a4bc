/** Appends a text to a draft as a Markdown quote, followed by an empty line to write on. */
export function withQuote(draft: string, text: string): string {
  const quoted = text
    .trim()
    .split(/\r\n?|\n/)
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n');
  const before = draft.trimEnd();
  return `${before === '' ? '' : `${before}\n\n`}${quoted}\n\n`;
}
