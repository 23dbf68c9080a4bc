import { anchorShift, type Box } from './anchor-shift';

/** The element that the reader looks at, with those around it, and where each was. */
export interface ScrollAnchor {
  /** The innermost first. The outermost is the element of a turn, which stays when its content is rendered anew. */
  boxes: readonly (Box & { element: Element })[];
  turnId: string;
  /** The width of the column: at another width the lines break elsewhere. */
  width: number;
}

/**
 * An anchor on the first thing that reaches below the upper edge of `scroller`: a paragraph of a turn, or an element
 * inside it. `column` holds the elements of the turns, one below the other. null: no turn is in view.
 */
export function findAnchor(scroller: Element, column: Element): ScrollAnchor | null {
  const edge = scroller.getBoundingClientRect().top;
  let element = firstBelow(column.children, edge);
  for (let next = element; next; next = firstChildBelow(element, edge)) element = next;
  return element ? anchorOn(element, scroller, column) : null;
}

/** An anchor on this element, which is inside `column`. */
export function anchorOn(element: Element, scroller: Element, column: Element): ScrollAnchor {
  const edge = scroller.getBoundingClientRect().top;
  const boxes: (Box & { element: Element })[] = [];
  let turnId = '';
  for (let outer: Element | null = element; outer && outer !== column; outer = outer.parentElement) {
    boxes.push({ element: outer, ...boxOf(outer, edge) });
    turnId = outer instanceof HTMLElement ? (outer.dataset.turn ?? '') : '';
  }
  return { boxes, turnId, width: column.clientWidth };
}

/** How far to scroll, in pixels, so that the anchor is where it was. `scrolled`: how far the view has scrolled since. */
export function shiftFrom(
  anchor: ScrollAnchor,
  scroller: Element,
  column: Element,
  scrolled: number,
): number {
  const edge = scroller.getBoundingClientRect().top;
  const box = anchor.boxes.find(({ element }) => element.isConnected && element.getClientRects().length > 0);
  if (!box) return 0;
  const hasReflowed = box !== anchor.boxes[0] || anchor.width !== column.clientWidth;
  return anchorShift(box, boxOf(box.element, edge), { scrolled, hasReflowed });
}

const boxOf = (element: Element, edge: number): Box => {
  const { top, height } = element.getBoundingClientRect();
  return { offset: top - edge, height };
};

const isBelow = (element: Element, edge: number): boolean =>
  element.getClientRects().length > 0 && element.getBoundingClientRect().bottom > edge;

/** Only an element that the edge cuts is searched further: one that begins below the edge is the anchor itself. */
function firstChildBelow(element: Element | undefined, edge: number): Element | undefined {
  if (!element || boxOf(element, edge).offset >= 0) return undefined;
  return Array.from(element.children).find((child) => isBelow(child, edge));
}

/** The turns are in order, so a binary search finds the first one among thousands. */
function firstBelow(turns: HTMLCollection, edge: number): Element | undefined {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const turn = turns[middle];
    if (turn && turn.getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  return turns[low];
}
