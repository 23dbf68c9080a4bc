const OPENING = /^ {0,3}\\\[[ \t]*$/;
const CLOSING = /\\\][ \t]*$/;

/** A formula between `\[` and `\]` on lines of their own, as the `$$` that the parser knows. */
export function mathBlocks(block: string): string {
  if (!block.includes('\\[')) return block;
  const lines = block.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  if (!OPENING.test(lines[first] ?? '')) return block;
  const end = last > first && CLOSING.test(lines[last] ?? '');
  const inside = lines.slice(first + 1, end ? last : undefined);
  const rest = end ? (lines[last] ?? '').replace(CLOSING, '') : '';
  return ['$$', ...inside, ...(rest.trim() === '' ? [] : [rest]), ...(end ? ['$$'] : [])].join('\n');
}
