'use client';

import 'katex/dist/katex.min.css';
import { useMemo } from 'react';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './formula.module.css';
import { renderFormula } from './render-formula';

interface FormulaProps {
  tex: string;
  display: boolean;
}

/** A formula rendered by KaTeX, which loads with this file. One that it cannot render is shown as its source. */
export function Formula({ tex, display }: FormulaProps) {
  const markdown = useMarkdownStrings();
  const html = useMemo(() => renderFormula(tex, display), [tex, display]);
  if (html === null) {
    return (
      <code className={styles.bad} title={markdown.formulaFailed}>
        {tex}
      </code>
    );
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the markup is KaTeX's own.
  return <span className={display ? styles.display : undefined} dangerouslySetInnerHTML={{ __html: html }} />;
}
