'use client';

import { memo } from 'react';
import { useLazyPart } from '../ui/lazy/lazy-part';
import { TopHeading, topHeadingOf } from './elements/top-heading';
import { KeepSelection } from './keep-selection';
import styles from './markdown.module.css';
import { RENDERER } from './renderer';

interface MarkdownProps {
  text: string;
  /** Makes the ids of footnotes this turn's own. */
  turnId: string;
  isStreaming: boolean;
}

/**
 * A reply's Markdown, as the page uses it. Until the renderer (`MarkdownView`) has loaded, the text is shown as it is
 * written, in the same type and measure.
 */
export const Markdown = memo(function Markdown({ text, turnId, isStreaming }: MarkdownProps) {
  const MarkdownView = useLazyPart(RENDERER);
  return (
    <KeepSelection className={isStreaming ? `${styles.prose} ${styles.streaming}` : styles.prose}>
      {MarkdownView ? (
        <TopHeading value={topHeadingOf(text)}>
          <MarkdownView text={text} turnId={turnId} isStreaming={isStreaming} />
        </TopHeading>
      ) : (
        <p className={styles.plain}>{text}</p>
      )}
    </KeepSelection>
  );
});
