/** The elements that hold message text. The reasoning also has a direction, but an id too, and is not searched. */
const TEXTS = '[dir="auto"]:not([id])';
/** Controls inside the text. */
const CONTROLS = 'button, [aria-hidden="true"]';
const BLOCKS = 'p, li, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, div';

/** The ranges of a turn's element that match, in the order of the page, also across elements such as bold text. */
export function findRanges(turn: Element, pattern: RegExp): Range[] {
  return Array.from(turn.querySelectorAll(TEXTS))
    .filter((element) => !element.parentElement?.closest(TEXTS))
    .flatMap((element) => rangesInText(element, pattern));
}

function rangesInText(element: Element, pattern: RegExp): Range[] {
  const nodes: { node: Text; start: number }[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  let block: Element | null | undefined;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!(node instanceof Text) || node.parentElement?.closest(CONTROLS)) continue;
    const parentBlock = node.parentElement?.closest(BLOCKS);
    if (parentBlock !== block) text += '\n';
    block = parentBlock;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  const pointAt = (index: number) => {
    const found = nodes.findLast(({ start }) => start <= index) ?? nodes[0];
    return found && ([found.node, Math.max(0, Math.min(index - found.start, found.node.length))] as const);
  };
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const [from, last] = [pointAt(match.index), pointAt(match.index + match[0].length - 1)];
    if (!from || !last) return [];
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(last[0], Math.min(last[1] + 1, last[0].length));
    return [range];
  });
}
