import { memo } from 'react';
import type { Footnote } from './cutting/reference-collector';
import { SafeLink } from './elements/safe-link';
import styles from './markdown.module.css';
import { ParsedMarkdown } from './parsed-markdown';
import { footnoteId, footnoteReferenceId } from './remark/footnote-references';
import { useMarkdownStrings } from './use-markdown-strings';

interface FootnotesProps {
  footnotes: readonly Footnote[];
  turnId: string;
}

/** The footnotes below a reply, each with a link back to its reference. */
export const Footnotes = memo(
  function Footnotes({ footnotes, turnId }: FootnotesProps) {
    const markdown = useMarkdownStrings();
    if (footnotes.length === 0) return null;
    return (
      <section data-footnotes aria-labelledby={`${turnId}-footnotes`}>
        <h3 id={`${turnId}-footnotes`} className={styles.hidden}>
          {markdown.footnotes}
        </h3>
        <ol>
          {footnotes.map(({ label, text }) => (
            <li key={label} id={footnoteId(turnId, label)}>
              <ParsedMarkdown text={text} definitions="" numbers="" turnId={turnId} />
              <SafeLink href={`#${footnoteReferenceId(turnId, label)}`} label={markdown.backToText}>
                ↩
              </SafeLink>
            </li>
          ))}
        </ol>
      </section>
    );
  },
  (previous, next) =>
    previous.turnId === next.turnId &&
    previous.footnotes.length === next.footnotes.length &&
    previous.footnotes.every(({ text }, index) => text === next.footnotes[index]?.text),
);
