/** The names of the highlights in the style sheet (`::highlight`). */
const ALL = 'find';
const CURRENT = 'find-current';

/**
 * Highlights the matches without changing the document. A browser without highlights gets the current match
 * selected instead.
 */
export function highlightMatches(ranges: readonly Range[], current: Range | undefined): void {
  if (!canHighlight()) {
    if (current) getSelection()?.setBaseAndExtent(...ends(current));
    return;
  }
  CSS.highlights.set(ALL, new Highlight(...ranges));
  if (!current) return void CSS.highlights.delete(CURRENT);
  const highlight = new Highlight(current);
  highlight.priority = 1;
  CSS.highlights.set(CURRENT, highlight);
}

export function clearHighlights(): void {
  if (!canHighlight()) return;
  CSS.highlights.delete(ALL);
  CSS.highlights.delete(CURRENT);
}

const canHighlight = (): boolean => 'highlights' in CSS && 'Highlight' in window;

const ends = ({ startContainer, startOffset, endContainer, endOffset }: Range) =>
  [startContainer, startOffset, endContainer, endOffset] as const;
