'use client';

import { memo } from 'react';
import { KeepSelection } from './keep-selection';
import styles from './markdown.module.css';
import { loadRenderer, useRenderer } from './renderer';
import { TopHeading, topHeadingOf } from './top-heading';

/** Fetches the renderer ahead of need, when the page has painted and has nothing better to do. Returns the way to call it off. */
export function preloadMarkdown(): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(loadRenderer, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(() => void loadRenderer(), { timeout: 1000 });
  return () => cancelIdleCallback(handle);
}

interface MarkdownProps {
  text: string;
  /** Makes the ids of footnotes this turn's own. */
  turnId: string;
  streaming: boolean;
}

/** A reply's Markdown. Until the renderer is here the text stands as it is, in the same type and measure. */
export const Markdown = memo(function Markdown({ text, turnId, streaming }: MarkdownProps) {
  const MarkdownView = useRenderer();
  return (
    <KeepSelection className={streaming ? `${styles.prose} ${styles.streaming}` : styles.prose}>
      {MarkdownView ? (
        <TopHeading value={topHeadingOf(text)}>
          <MarkdownView text={text} turnId={turnId} streaming={streaming} />
        </TopHeading>
      ) : (
        <p className={styles.plain}>{text}</p>
      )}
    </KeepSelection>
  );
});
