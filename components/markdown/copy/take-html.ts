import { LEFT_OUT, texOf } from './page-parts';

/** Attributes that say what something is. What it looks like is left to the page it is pasted into. */
const KEPT = new Set(['href', 'start', 'colspan', 'rowspan', 'dir', 'lang']);
/** Elements without a meaning of their own. */
const WRAPPERS = 'span, div, section, article, figure, font';

/** The selected part of a reply as HTML, for mails and documents: without colours and controls, formulas as TeX. */
export function takeHtml(range: Range): string {
  const around = range.commonAncestorContainer;
  const part = document.createElement('div');
  part.append(range.cloneContents());
  const formula = closest(around, '.katex');
  if (formula) part.replaceChildren(formula.cloneNode(true));
  for (
    let outer = outerOf(around);
    outer;
    outer = outer.matches('thead, tbody, tr') ? outer.parentElement : null
  ) {
    const copy = document.createElement(outer.tagName);
    copy.append(...part.childNodes);
    part.append(copy);
  }
  clean(part);
  return part.innerHTML;
}

/** What parts of a list, a table or code belong into. */
function outerOf(around: Node): Element | null {
  const isList = around instanceof Element && around.matches('ul, ol, table, thead, tbody, tr');
  return isList ? around : closest(around, 'pre');
}

const closest = (node: Node | null, selector: string): Element | null =>
  (node instanceof Element ? node : node?.parentElement)?.closest(selector) ?? null;

function clean(part: Element): void {
  for (const formula of part.querySelectorAll('.katex-display, .katex')) {
    const tex = texOf(formula);
    const mark = formula.matches('.katex-display') ? '$$' : '$';
    if (tex !== '') formula.replaceWith(mark + tex + mark);
  }
  for (const diagram of part.querySelectorAll('[data-source]')) {
    const code = document.createElement('pre');
    code.textContent = diagram.getAttribute('data-source');
    diagram.replaceWith(code);
  }
  for (const image of part.querySelectorAll('[data-image-url]')) {
    const link = document.createElement('a');
    link.href = image.getAttribute('data-image-url') ?? '';
    link.textContent = image.getAttribute('data-image-alt') || link.href;
    image.replaceWith(link);
  }
  for (const one of part.querySelectorAll(LEFT_OUT)) one.remove();
  for (const box of part.querySelectorAll('input')) box.replaceWith(box.checked ? '☑' : '☐');
  for (const element of part.querySelectorAll('*')) {
    const align = element instanceof HTMLElement ? element.style.textAlign : '';
    for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name);
    if (align !== '' && element.matches('th, td')) element.setAttribute('align', align);
    if (element.getAttribute('href')?.startsWith('#')) element.removeAttribute('href');
    if (element.matches(WRAPPERS)) element.replaceWith(...element.childNodes);
  }
}
