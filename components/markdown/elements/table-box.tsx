import { type ReactNode, useRef } from 'react';
import { CopyButton } from '../../ui/copy-button';
import { take, takeCell } from '../copy/take';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './table-box.module.css';
import { toCsv } from './to-csv';

/** A table that has its own horizontal scroll, with buttons that copy it as CSV or Markdown. */
export function TableBox({ dir, children }: { dir?: 'ltr' | 'rtl'; children?: ReactNode }) {
  const markdown = useMarkdownStrings();
  const table = useRef<HTMLTableElement>(null);
  const tableText = (write: (table: HTMLTableElement) => string) => () =>
    table.current ? write(table.current) : '';
  return (
    <figure className={styles.figure}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable. */}
      <section className={styles.box} dir={dir} tabIndex={0} aria-label={markdown.table}>
        <table ref={table}>{children}</table>
      </section>
      <div className={styles.tools}>
        <CopyButton
          caption="CSV"
          className={styles.tool}
          text={tableText((table) => toCsv(rowsOf(table)))}
          label={markdown.copyCsv}
        />
        <CopyButton
          caption="Markdown"
          className={styles.tool}
          text={tableText((table) => `${take(table, 'markdown')}\n`)}
          label={markdown.copyMarkdown}
        />
      </div>
    </figure>
  );
}

const rowsOf = (table: HTMLTableElement) =>
  [...table.rows].map((row) => [...row.cells].map((cell) => takeCell(cell)));
