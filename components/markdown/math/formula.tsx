'use client';

import katex from 'katex';
import 'katex/dist/katex.min.css';
import { useMemo } from 'react';
import { useStrings } from '../../use-strings';
import styles from './formula.module.css';

interface FormulaProps {
  tex: string;
  display: boolean;
}

/** Characters beyond which a formula is shown as its source. */
const LONGEST = 4_000;

/**
 * A formula set by KaTeX, which is loaded with this file when a reply needs it. KaTeX escapes what it is given, and
 * with `trust` off it knows no links, pictures or HTML. What it cannot set is shown as it was written.
 */
export function Formula({ tex, display }: FormulaProps) {
  const { markdown } = useStrings();
  const html = useMemo(() => setFormula(tex, display), [tex, display]);
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

function setFormula(tex: string, displayMode: boolean): string | null {
  if (tex.length > LONGEST) return null;
  try {
    return katex.renderToString(tex, {
      displayMode,
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      maxSize: 20,
      maxExpand: 300,
    });
  } catch (error) {
    if (error instanceof katex.ParseError || error instanceof RangeError) return null;
    throw error;
  }
}
