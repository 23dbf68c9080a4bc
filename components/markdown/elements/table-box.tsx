import { type ReactNode, useRef } from 'react';
import { CopyButton } from '../../ui/copy-button';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './table-box.module.css';
import { type Rows, rowsOf, toCsv, toMarkdown } from './table-text';

/** A table that has its own horizontal scroll, with buttons that copy it as CSV or Markdown. */
export function TableBox({ children }: { children?: ReactNode }) {
  const markdown = useMarkdownStrings();
  const table = useRef<HTMLTableElement>(null);
  const tableText = (write: (rows: Rows) => string) => () =>
    table.current ? write(rowsOf(table.current)) : '';
  return (
    <figure className={styles.figure}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable. */}
      <section className={styles.box} tabIndex={0} aria-label={markdown.table}>
        <table ref={table}>{children}</table>
      </section>
      <div className={styles.tools}>
        <CopyButton caption="CSV" className={styles.tool} text={tableText(toCsv)} label={markdown.copyCsv} />
        <CopyButton
          caption="Markdown"
          className={styles.tool}
          text={tableText(toMarkdown)}
          label={markdown.copyMarkdown}
        />
      </div>
    </figure>
  );
}
