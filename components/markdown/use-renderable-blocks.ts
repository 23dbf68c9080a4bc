import { startTransition, useEffect, useState } from 'react';
import { isPreparingPrint, onBeforePrint } from '../ui/before-print';

/** How much of a reply is rendered at once when it is opened: more than a screen. */
const CHARACTERS_AT_ONCE = 6_000;
const BLOCKS_AT_ONCE = 48;
/** How many blocks are added at a time after that. */
const STEP = 256;

/**
 * How many blocks to render now. A long reply that is opened shows its beginning at once; the rest is added in
 * transitions, which React renders between frames. After that, blocks that stream in are rendered at once.
 */
export function useRenderableBlocks(blocks: readonly string[]): number {
  const [renderable, setRenderable] = useState(() =>
    isPreparingPrint() ? Number.POSITIVE_INFINITY : countWithin(blocks, CHARACTERS_AT_ONCE),
  );
  const { length } = blocks;
  useEffect(() => {
    if (renderable === Number.POSITIVE_INFINITY) return;
    const next = renderable + STEP;
    startTransition(() => setRenderable(next < length ? next : Number.POSITIVE_INFINITY));
    return onBeforePrint(() => setRenderable(Number.POSITIVE_INFINITY));
  }, [renderable, length]);
  return Math.min(renderable, length);
}

function countWithin(blocks: readonly string[], characters: number): number {
  let sum = 0;
  const beyond = blocks.findIndex((block, index) => {
    sum += block.length;
    return sum > characters || index === BLOCKS_AT_ONCE;
  });
  return beyond === -1 ? Number.POSITIVE_INFINITY : beyond;
}
