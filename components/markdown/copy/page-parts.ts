/** What is on the page and no part of a reply's text: controls, captions, the host beside a link. */
export const LEFT_OUT =
  'button:not([data-image-url]), figcaption, svg, style, [hidden], [aria-hidden="true"], [data-left-out], section[data-footnotes] > h3';

/** The TeX of a formula that KaTeX has rendered. */
export const texOf = (formula: Element): string =>
  (formula.querySelector('annotation[encoding="application/x-tex"]')?.textContent ?? '').trim();

/** A formula on lines of its own. */
export const isDisplayFormula = (node: Node): boolean =>
  node instanceof Element &&
  (node.matches('.katex-display') ||
    (node.childNodes.length === 1 && node.firstElementChild?.matches('.katex-display') === true));

/** The only formula of these nodes, if there is nothing else and it is on lines of its own. */
export function onlyDisplayFormula(nodes: readonly Node[]): Element | null {
  const [first, ...others] = nodes.filter((node) => (node.textContent ?? '').trim() !== '');
  return first instanceof Element && others.length === 0 && isDisplayFormula(first) ? first : null;
}

/** What stands between two dollars that could be those of a formula. */
const BETWEEN_DOLLARS = /\$(?=\S)[^$]*(?<=\S)\$(?!\d)/;

/** Whether dollars of these nodes' text have to be escaped, so that they do not become those of a formula. */
export function needsDollarsEscaped(nodes: readonly Node[]): boolean {
  const text = nodes.map((node) => node.textContent ?? '').join('');
  if (!text.includes('$')) return false;
  const hasFormula = (node: Node) =>
    node instanceof Element && (node.matches('.katex') || node.querySelector('.katex') !== null);
  return BETWEEN_DOLLARS.test(text) || nodes.some(hasFormula);
}

/** Whether a text is shown as it is written, blanks and line breaks included. */
export function isVerbatim(node: Node): boolean {
  const element = node instanceof Element ? node : node.parentElement;
  return element !== null && /^(pre|pre-wrap|break-spaces)$/.test(getComputedStyle(element).whiteSpace);
}

export const languageOf = (code: Element): string =>
  code.closest('[data-language]')?.getAttribute('data-language') ?? '';

/** The number of a footnote, in the text. */
export const isFootnoteReference = (element: Element | null): boolean =>
  element?.tagName === 'SUP' && element.firstElementChild?.matches('a[href^="#"]') === true;

/** Lists of the same kind one after the other would be one list in Markdown, but for their markers. */
export function isSecondOfTwo(list: Element): boolean {
  const before = list.previousElementSibling;
  return before?.tagName === list.tagName && !isSecondOfTwo(before);
}

/** Whether emphasis begins or ends where bold text does. */
export const touchesBold = ({
  parentNode,
  firstChild,
  lastChild,
  previousSibling,
  nextSibling,
}: Element): boolean =>
  isBold(firstChild) || isBold(lastChild) || (isBold(parentNode) && !(previousSibling && nextSibling));

const isBold = (node: Node | null) => node?.nodeName === 'STRONG';

/** Whether the items of a list are paragraphs. */
export const isLoose = (list: Element | null): boolean => list?.querySelector(':scope > li > p') != null;
