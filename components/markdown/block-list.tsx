import { memo } from 'react';
import { Block } from './block';
import type { References } from './cutting/references';

/** Blocks of one run. */
const RUN = 16;

interface BlockListProps {
  blocks: readonly string[];
  turnId: string;
  /** The place of the block that still grows; -1 if none does. */
  growing: number;
  references: References;
}

/** The blocks in runs, so that a token costs React a look at each run and not at each block. */
export function BlockList({ blocks, growing, ...rest }: BlockListProps) {
  const runs = Array.from({ length: Math.ceil(blocks.length / RUN) }, (_, run) => run * RUN);
  return runs.map((start) => (
    <Run key={start} blocks={blocks.slice(start, start + RUN)} growing={growing - start} {...rest} />
  ));
}

const Run = memo(function Run({ blocks, turnId, growing, references }: BlockListProps) {
  return blocks.map((block, index) => (
    <Block
      // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place; those before the last never change.
      key={index}
      text={block}
      turnId={turnId}
      growing={index === growing}
      {...references.of(block)}
    />
  ));
}, isSame);

function isSame(one: BlockListProps, other: BlockListProps): boolean {
  const grows = ({ blocks, growing }: BlockListProps) => growing >= 0 && growing < blocks.length;
  return (
    !grows(one) &&
    !grows(other) &&
    one.turnId === other.turnId &&
    one.references.version === other.references.version &&
    one.blocks.length === other.blocks.length &&
    one.blocks.every((block, index) => block === other.blocks[index])
  );
}
