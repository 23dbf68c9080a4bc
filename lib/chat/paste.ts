/** A paste beyond either is a block of its own, not text in the field. */
const LONG_CHARACTERS = 2000;
const LONG_LINES = 25;

export const lineCount = (text: string): number => text.split('\n').length;

export const isLargePaste = (text: string): boolean =>
  text.length > LONG_CHARACTERS || lineCount(text) > LONG_LINES;

/** What is sent of a text and the blocks pasted beside it: each block after the text, inside a fence of its own. */
export const joinContent = (text: string, pastes: readonly string[]): string =>
  [text, ...pastes.map(fenced)].filter((part) => part !== '').join('\n\n');

/** A fence is longer than every run of backticks within, so that the block cannot end it. */
function fenced(block: string): string {
  const runs = block.match(/`+/g) ?? [];
  const fence = '`'.repeat(runs.reduce((longest, { length }) => Math.max(longest, length + 1), 3));
  return `${fence}\n${block}\n${fence}`;
}

/**
 * Takes a content apart again: large fenced blocks at its end are pastes, all before them is text. What a person has
 * fenced by hand looks the same, and joining gives the same content in any case.
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
