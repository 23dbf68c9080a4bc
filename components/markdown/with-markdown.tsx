import { type ReactNode, useState } from 'react';
import { MarkdownView } from './markdown';

/**
 * Suspends until the renderer is here, if it is to `wait` from the beginning. Turns that are opened would stand there
 * as plain text first, and jump when it comes.
 */
export function WithMarkdown({ wait, children }: { wait: boolean; children: ReactNode }) {
  const [waits] = useState(wait);
  return (
    <>
      {waits && <MarkdownView text="" turnId="" />}
      {children}
    </>
  );
}
