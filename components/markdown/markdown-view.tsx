'use client';

import { useState } from 'react';
import { BlockList } from './block-list';
import { createBlockCutter } from './cutting/blocks';
import { createReferenceCollector } from './cutting/reference-collector';
import { Footnotes } from './footnotes';
import styles from './markdown.module.css';
import { useRenderableBlocks } from './use-renderable-blocks';

/** At most this many characters are shown as plain text in place of the blocks that are not rendered yet. */
const PLAIN_CHARACTERS = 20_000;

interface MarkdownViewProps {
  text: string;
  turnId: string;
  isStreaming?: boolean;
}

/**
 * The Markdown renderer: cuts a text into blocks, each of which `ParsedMarkdown` parses. Only the last block can change, so a token costs the work of one block. The cutter and
 * the collector are caches: what they have read before does not change what they return for a text. So rendering may
 * update them, even if React discards the render.
 */
export function MarkdownView({ text, turnId, isStreaming = false }: MarkdownViewProps) {
  const [cutter] = useState(createBlockCutter);
  const [collector] = useState(createReferenceCollector);
  const { settled, open } = cutter.cut(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
  const references = collector.collect(settled, open);
  const blocks = open.trim() === '' ? settled : [...settled, open];
  const renderable = useRenderableBlocks(blocks);

  return (
    <>
      <BlockList
        blocks={blocks.slice(0, renderable)}
        turnId={turnId}
        growing={isStreaming ? settled.length : -1}
        references={references}
      />
      {renderable < blocks.length && (
        <p className={styles.plain}>{blocks.slice(renderable).join('').slice(0, PLAIN_CHARACTERS)}</p>
      )}
      <Footnotes footnotes={references.footnotes} turnId={turnId} />
    </>
  );
}
