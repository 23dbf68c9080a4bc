/** The names under which the style sheet knows them. */
const ALL = 'find';
const CURRENT = 'find-current';

/** Marks what was found, without touching the document. Where a browser cannot, the current one is selected. */
export function paint(ranges: readonly Range[], current: Range | undefined): void {
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

export function wipe(): void {
  if (!canHighlight()) return;
  CSS.highlights.delete(ALL);
  CSS.highlights.delete(CURRENT);
}

const canHighlight = (): boolean => 'highlights' in CSS && 'Highlight' in window;

const ends = ({ startContainer, startOffset, endContainer, endOffset }: Range) =>
  [startContainer, startOffset, endContainer, endOffset] as const;
