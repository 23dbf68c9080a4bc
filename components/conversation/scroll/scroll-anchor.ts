import { type Part, shiftOf } from './anchor-shift';

/** What the reader looks at, from a paragraph at the upper edge of the window out to its turn. */
export interface Anchor {
  /** The innermost first. The outermost is the place of a turn, which stays when its content is drawn anew. */
  parts: readonly (Part & { element: Element })[];
  turnId: string;
  /** Of the column: with another width the lines are others. */
  width: number;
}

/** The turn of a place of a turn. */
const turnOf = (place: Element): string => (place instanceof HTMLElement ? (place.dataset.turn ?? '') : '');

const partOf = (element: Element, edge: number): Part => {
  const { top, height } = element.getBoundingClientRect();
  return { offset: top - edge, height };
};

const isBelow = (element: Element, edge: number): boolean =>
  element.getClientRects().length > 0 && element.getBoundingClientRect().bottom > edge;

/** `column` holds the places of the turns, one below the other. null: there is none in the window. */
export function pickAnchor(window: Element, column: Element): Anchor | null {
  const edge = window.getBoundingClientRect().top;
  let part = firstBelow(column.children, edge);
  for (let next = part; next; next = cutAt(part, edge)) part = next;
  return part ? anchorOn(part, window, column) : null;
}

/** Of what the edge cuts, the first thing inside that reaches below the edge. */
function cutAt(part: Element | undefined, edge: number): Element | undefined {
  if (!part || partOf(part, edge).offset >= 0) return undefined;
  return Array.from(part.children).find((child) => isBelow(child, edge));
}

/** An anchor on this element, which is in one of the places of `column`. */
export function anchorOn(element: Element, window: Element, column: Element): Anchor {
  const edge = window.getBoundingClientRect().top;
  const parts: (Part & { element: Element })[] = [];
  let turnId = '';
  for (let part: Element | null = element; part && part !== column; part = part.parentElement) {
    parts.push({ element: part, ...partOf(part, edge) });
    turnId = turnOf(part);
  }
  return { parts, turnId, width: column.clientWidth };
}

/** How far to scroll so that the reader sees what they saw. `scrolled`: what scrolling moved the view since then. */
export function shiftFrom(anchor: Anchor, window: Element, column: Element, scrolled: number): number {
  const edge = window.getBoundingClientRect().top;
  const held = anchor.parts.find(({ element }) => element.isConnected && element.getClientRects().length > 0);
  if (!held) return 0;
  // Drawn anew, or with other lines: of what is left of the anchor, the same share stays above the edge.
  const reflowed = held !== anchor.parts[0] || anchor.width !== column.clientWidth;
  return shiftOf(held, partOf(held.element, edge), { scrolled, reflowed });
}

/** The places are in order, so a few looks find it among thousands. */
function firstBelow(places: HTMLCollection, edge: number): Element | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = places[middle];
    if (place && place.getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  return places[low];
}
