'use client';

import { lazy, memo, Suspense } from 'react';
import { KeepSelection } from './keep-selection';
import styles from './markdown.module.css';
import { TopHeading, topHeadingOf } from './top-heading';

const load = () => import('./markdown-view');
/** Suspends until the renderer is here. */
export const MarkdownView = lazy(load);

/** Fetches the renderer ahead of need, when the page has painted and has nothing better to do. Returns the way to call it off. */
export function preloadMarkdown(): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(load, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(() => void load(), { timeout: 1000 });
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
  return (
    <KeepSelection className={streaming ? `${styles.prose} ${styles.streaming}` : styles.prose}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <TopHeading value={topHeadingOf(text)}>
          <MarkdownView text={text} turnId={turnId} streaming={streaming} />
        </TopHeading>
      </Suspense>
    </KeepSelection>
  );
});
