/** What was said and answered: words in their own direction. A fold of thoughts has an id and is not searched. */
const WORDS = '[dir="auto"]:not([id])';
/** Controls between the words. */
const CONTROLS = 'button, [aria-hidden="true"]';
const BLOCKS = 'p, li, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, div';

/** Where the pattern is in what is drawn of a turn, in the order of the page; also across marks such as bold. */
export function rangesIn(place: Element, pattern: RegExp): Range[] {
  return Array.from(place.querySelectorAll(WORDS))
    .filter((words) => !words.parentElement?.closest(WORDS))
    .flatMap((words) => rangesInWords(words, pattern));
}

function rangesInWords(words: Element, pattern: RegExp): Range[] {
  const nodes: { node: Text; start: number }[] = [];
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let text = '';
  let block: Element | null | undefined;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!(node instanceof Text) || node.parentElement?.closest(CONTROLS)) continue;
    const own = node.parentElement?.closest(BLOCKS);
    if (own !== block) text += '\n';
    block = own;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  const place = (index: number) => {
    const found = nodes.findLast(({ start }) => start <= index) ?? nodes[0];
    return found && ([found.node, Math.max(0, Math.min(index - found.start, found.node.length))] as const);
  };
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const [from, to] = [place(match.index), place(match.index + match[0].length - 1)];
    if (!from || !to) return [];
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(to[0], Math.min(to[1] + 1, to[0].length));
    return [range];
  });
}
