/** A longer paste becomes a block of its own instead of text in the composer. */
const LONG_CHARACTERS = 2000;
const LONG_LINES = 25;

export const lineCount = (text: string): number => text.split('\n').length;

export const isLargePaste = (text: string): boolean =>
  text.length > LONG_CHARACTERS || lineCount(text) > LONG_LINES;

/** The message for a text and its pasted blocks: each block follows the text in its own fence. */
export const joinContent = (text: string, pastes: readonly string[]): string =>
  [text, ...pastes.map(fenced)].filter((part) => part !== '').join('\n\n');

/** The fence is longer than every run of backticks in the block, so that the block cannot close it. */
function fenced(block: string): string {
  const runs = block.match(/`+/g) ?? [];
  const fence = '`'.repeat(runs.reduce((longest, { length }) => Math.max(longest, length + 1), 3));
  return `${fence}\n${block}\n${fence}`;
}

/**
 * Splits a message into its text and pasted blocks: large fenced blocks at the end are pastes, everything before is text.
 * A large block that was fenced by hand looks the same; joining the parts gives the same message in any case.
 */
export function splitContent(content: string): { text: string; pastes: string[] } {
  const fence = /\n(`{3,})$/.exec(content)?.[1];
  const end = content.length - (fence?.length ?? 0) - 1;
  const opening = `${fence}\n`;
  const start = fence === undefined ? -1 : content.lastIndexOf(opening, end - opening.length);
  const before = content.slice(0, Math.max(0, start));
  const block = content.slice(start + opening.length, end);
  const isOwn = before === '' || (before.endsWith('\n\n') && before.length > 2);
  if (start < 0 || !isOwn || !isLargePaste(block) || fenced(block) !== content.slice(start)) {
    return { text: content, pastes: [] };
  }
  const { text, pastes } = splitContent(before.slice(0, -2));
  return { text, pastes: [...pastes, block] };
}
