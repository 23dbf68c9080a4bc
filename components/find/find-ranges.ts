import { LEFT_OUT } from '../markdown/copy/page-parts';

/** The elements that hold message text. The reasoning also has a direction, but an id too, and is not searched. */
const TEXTS = '[dir="auto"]:not([id])';
/** The copy of a formula for screen readers, signs that a reader does not see as such, and images that are not shown. */
const UNSEEN = '[data-image-url], .katex-mathml, .katex .vlist-s, .katex .accent-body';
const FORMULA = '.katex-html';
/** A part of a formula that is moved up or down. */
const MOVED = '.vlist > span';
const BLOCKS = `p, li, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, div, ${FORMULA}, ${MOVED}`;

/** Signs of a formula that no keyboard has, and what is typed for them. */
const TYPED: Record<string, string> = { '−': '-', '∗': '*', '′': "'", '∣': '|', '\u00a0': ' ' };
const typed = (text: string) => text.replace(/[−∗′∣\u00a0]/g, (sign) => TYPED[sign] ?? sign);

/** The ranges of a turn's element that match, in the order of the page, also across elements such as bold text. */
export function findRanges(turn: Element, pattern: RegExp): Range[] {
  return Array.from(turn.querySelectorAll(TEXTS))
    .filter((element) => !element.parentElement?.closest(TEXTS))
    .flatMap((element) => rangesInText(element, pattern));
}

function rangesInText(element: Element, pattern: RegExp): Range[] {
  const nodes: { node: Text; start: number }[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let text = '';
  let block: Element | null | undefined;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeName === 'BR') text += '\n';
    const parent = node instanceof Text ? node.parentElement : null;
    if (!(node instanceof Text) || !parent || !isSeen(parent)) continue;
    const parentBlock = blockOf(parent);
    if (parentBlock !== block) text += '\n';
    block = parentBlock;
    nodes.push({ node, start: text.length });
    text += parent.closest(FORMULA) ? typed(node.data) : node.data;
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

/** Whether a reader sees a text as part of a message. Of a formula, KaTeX hides the visible half from screen readers. */
function isSeen(element: Element): boolean {
  if (element.closest(UNSEEN)) return false;
  const around = element.closest(FORMULA)?.parentElement ?? element;
  return !around.closest(LEFT_OUT);
}

/** The element in whose line a text stands. In a formula, as in `formulaGlyphs`, scripts are in line but those of ∑. */
function blockOf(element: Element | null): Element | null {
  const block = element?.closest(BLOCKS) ?? null;
  const scripts = block?.matches(MOVED) ? block.closest('.vlist-t')?.parentElement : null;
  const isInLine = scripts?.matches('.msupsub') && !scripts.parentElement?.matches('.mop');
  return isInLine ? blockOf(scripts?.parentElement ?? null) : block;
}
