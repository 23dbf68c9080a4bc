import { startTransition, useEffect, useState } from 'react';

/** Characters that are rendered at once when a reply is opened: more than a screen. */
const AT_ONCE = 6_000;

/**
 * How many blocks may be rendered now. A reply that is opened long shows its beginning, and the rest as plain text until
 * the page has a moment: React renders it in slices between frames. One that streams shows all that there is.
 */
export function useReady(blocks: readonly string[], streaming: boolean): number {
  const [all, setAll] = useState(streaming);
  useEffect(() => {
    if (!all) startTransition(() => setAll(true));
  }, [all]);
  return all ? blocks.length : blocksWithin(blocks, AT_ONCE);
}

function blocksWithin(blocks: readonly string[], characters: number): number {
  let sum = 0;
  const beyond = blocks.findIndex((block) => {
    sum += block.length;
    return sum > characters;
  });
  return beyond === -1 ? blocks.length : beyond;
}
