/** A formula of more characters is shown as its source. */
const MOST_CHARACTERS = 2_000;
/** Each cell of a table costs as much as so many characters. */
const CELL_CHARACTERS = 4;
/** How often KaTeX may expand macros, those it comes with included. */
const MOST_EXPANSIONS = 300;
/** A macro that the formula defines may be as long as the formula itself. */
const MOST_EXPANDED = 5_000;
/** Characters of HTML: the browser lays it out on the page's thread. */
const MOST_HTML = 600_000;

/** Whether a formula defines macros, so that its length says little of what it costs. */
export const definesMacros = (tex: string): boolean => DEFINITION.test(tex);

const DEFINITION = /\\(?:[gex]?def|(?:re)?newcommand|providecommand|(?:future)?let|global|long)(?![a-z])/i;

/** How often macros may be expanded in a formula; 0 if it would block the page for too long. */
export function expansionsFor(tex: string): number {
  const cells = tex.split('&').length - 1;
  if (tex.length + cells * CELL_CHARACTERS > MOST_CHARACTERS) return 0;
  return DEFINITION.test(tex)
    ? Math.min(MOST_EXPANSIONS, Math.ceil(MOST_EXPANDED / tex.length))
    : MOST_EXPANSIONS;
}

export const isTooMuchHtml = (html: string): boolean => html.length > MOST_HTML;
