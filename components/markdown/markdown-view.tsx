'use client';

import { useState } from 'react';
import { BlockList } from './block-list';
import { createBlockCutter } from './cutting/blocks';
import { createReferenceCollector } from './cutting/references';
import styles from './markdown.module.css';
import { Notes } from './notes';
import { useReady } from './use-ready';

/** Characters of what is not yet rendered that are shown until it is. */
const SHOWN_PLAIN = 20_000;

interface MarkdownViewProps {
  text: string;
  turnId: string;
  streaming?: boolean;
}

/**
 * The heavy half, loaded after the first paint. The text is cut into blocks, of which only the last can change: the
 * work for a token is the work for that one. The cutter and the collector remember what they have read; for any text
 * they say what they would have said without memory, so that a render that React throws away does no harm.
 */
export function MarkdownView({ text, turnId, streaming = false }: MarkdownViewProps) {
  const [cutter] = useState(createBlockCutter);
  const [collector] = useState(createReferenceCollector);
  const { settled, open } = cutter.cut(text);
  const references = collector.collect(settled, open);
  const blocks = open.trim() === '' ? settled : [...settled, open];
  const ready = useReady(blocks);

  return (
    <>
      <BlockList
        blocks={blocks.slice(0, ready)}
        turnId={turnId}
        growing={streaming ? settled.length : -1}
        references={references}
      />
      {ready < blocks.length && (
        <p className={styles.plain}>{blocks.slice(ready).join('').slice(0, SHOWN_PLAIN)}</p>
      )}
      <Notes notes={references.notes} turnId={turnId} />
    </>
  );
}
