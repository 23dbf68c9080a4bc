'use client';

import katex from 'katex';
import 'katex/dist/katex.min.css';
import { useMemo } from 'react';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './formula.module.css';

interface FormulaProps {
  tex: string;
  display: boolean;
}

/** A formula of more characters is shown as its source. */
const MOST_CHARACTERS = 4_000;

/**
 * A formula rendered by KaTeX, which loads with this file. KaTeX escapes its input, and with `trust` off it produces no
 * links, images or raw HTML. A formula that it cannot render is shown as its source.
 */
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

/** Environments that LaTeX allows between single dollars only by mistake, and models write there. */
const DISPLAYED = /\\begin\{(?:align|alignat|gather|equation|multline|eqnarray)\*?\}/;

/** KaTeX has no `eqnarray` and no `multline`. */
const withKnownEnvironments = (tex: string): string =>
  tex.replace(
    /\\(begin|end)\{(eqnarray|multline)\*?\}/g,
    (_, side: string, name: string) => `\\${side}{${name === 'multline' ? 'gather*' : 'align*'}}`,
  );

function renderFormula(tex: string, displayMode: boolean): string | null {
  if (tex.length > MOST_CHARACTERS) return null;
  try {
    return katex.renderToString(withKnownEnvironments(tex), {
      displayMode: displayMode || DISPLAYED.test(tex),
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
