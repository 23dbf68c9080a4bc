import { memo } from 'react';
import { Block } from './block';
import type { References } from './cutting/reference-collector';

/** Blocks in one run. */
const RUN_LENGTH = 16;

interface BlockListProps {
  blocks: readonly string[];
  turnId: string;
  /** The index of the block that is still growing; -1 if none is. */
  growing: number;
  references: References;
}

/** Renders the blocks in runs, so that for each token React compares the runs and not every block. */
export function BlockList({ blocks, growing, ...rest }: BlockListProps) {
  const runs = Array.from({ length: Math.ceil(blocks.length / RUN_LENGTH) }, (_, run) => run * RUN_LENGTH);
  return runs.map((start) => (
    <Run key={start} blocks={blocks.slice(start, start + RUN_LENGTH)} growing={growing - start} {...rest} />
  ));
}

const Run = memo(function Run({ blocks, turnId, growing, references }: BlockListProps) {
  return blocks.map((block, index) => (
    <Block
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added or changed at the end.
      key={index}
      text={block}
      turnId={turnId}
      isGrowing={index === growing}
      {...references.of(block)}
    />
  ));
}, rendersTheSame);

function rendersTheSame(previous: BlockListProps, next: BlockListProps): boolean {
  const isGrowing = ({ blocks, growing }: BlockListProps) => growing >= 0 && growing < blocks.length;
  return (
    !isGrowing(previous) &&
    !isGrowing(next) &&
    previous.turnId === next.turnId &&
    previous.references.version === next.references.version &&
    previous.blocks.length === next.blocks.length &&
    previous.blocks.every((block, index) => block === next.blocks[index])
  );
}
