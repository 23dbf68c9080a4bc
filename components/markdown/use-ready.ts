import { startTransition, useEffect, useState } from 'react';

/** Characters and blocks that are rendered at once when a reply is opened: more than a screen. */
const AT_ONCE = 6_000;
const BLOCKS_AT_ONCE = 48;
/** Blocks that are added at a time after that. */
const STEP = 256;

/**
 * How many blocks may be rendered now. A reply that is opened long shows its beginning, and the rest as plain text until
 * the page has a moment: React renders it in slices between frames. Once it is whole, what streams in is shown at once.
 */
export function useReady(blocks: readonly string[]): number {
  const [ready, setReady] = useState(() => blocksWithin(blocks, AT_ONCE));
  const { length } = blocks;
  useEffect(() => {
    if (ready === Number.POSITIVE_INFINITY) return;
    const next = ready + STEP;
    startTransition(() => setReady(next < length ? next : Number.POSITIVE_INFINITY));
  }, [ready, length]);
  return Math.min(ready, length);
}

function blocksWithin(blocks: readonly string[], characters: number): number {
  let sum = 0;
  const beyond = blocks.findIndex((block, index) => {
    sum += block.length;
    return sum > characters || index === BLOCKS_AT_ONCE;
  });
  return beyond === -1 ? Number.POSITIVE_INFINITY : beyond;
}
