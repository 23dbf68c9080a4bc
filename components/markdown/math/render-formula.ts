import katex from 'katex';
import { expansionsFor, isTooMuchHtml } from './formula-limits';

/** Environments that LaTeX allows between single dollars only by mistake, and models write there. */
const DISPLAYED = /\\begin\{(?:align|alignat|gather|equation|multline|eqnarray)\*?\}/;

/** KaTeX has no `eqnarray` and no `multline`. */
const withKnownEnvironments = (tex: string): string =>
  tex.replace(
    /\\(begin|end)\{(eqnarray|multline)\*?\}/g,
    (_, side: string, name: string) => `\\${side}{${name === 'multline' ? 'gather*' : 'align*'}}`,
  );

/**
 * The HTML of a formula; null for one that cannot be rendered or would block the page. KaTeX escapes its input, and with
 * `trust` off it produces no links, images or raw HTML.
 */
export function renderFormula(tex: string, displayMode: boolean): string | null {
  const maxExpand = expansionsFor(tex);
  if (maxExpand === 0) return null;
  try {
    const html = katex.renderToString(withKnownEnvironments(tex), {
      displayMode: displayMode || DISPLAYED.test(tex),
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      maxSize: 20,
      maxExpand,
    });
    return isTooMuchHtml(html) ? null : html;
  } catch (error) {
    if (error instanceof katex.ParseError || error instanceof RangeError) return null;
    throw error;
  }
}
