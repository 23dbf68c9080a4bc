import type { Page } from '@playwright/test';

/**
 * The parts of the page that are out of place and cannot be scrolled back by the reader: the document, or an element
 * that hides what overflows it. Every link, button and field is focused and brought into view first, as following a link
 * or pressing Tab would. Also reports a document that is taller than its window.
 */
export const scrolledParts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()} ${element.id || element.className}`;
    const root = document.documentElement;
    const found = new Set<string>();
    if (root.scrollHeight !== innerHeight) found.add(`document: ${root.scrollHeight} of ${innerHeight} px`);

    const before = document.activeElement;
    const positions = Array.from(
      document.querySelectorAll('*'),
      (element) => [element, element.scrollTop] as const,
    );
    const scrolls = (element: Element) =>
      element.matches('textarea, input') || /auto|scroll/.test(getComputedStyle(element).overflowY);
    const look = (cause: Element) => {
      if (scrollY !== 0) found.add(`document, by ${nameOf(cause)}`);
      for (let outer: Element | null = cause; outer; outer = outer.parentElement)
        if (outer.scrollTop !== 0 && !scrolls(outer)) found.add(`${nameOf(outer)}, by ${nameOf(cause)}`);
    };
    for (const target of document.querySelectorAll<HTMLElement>(
      'a[href], button, input, textarea, select, summary, [tabindex], [id]',
    )) {
      if (!target.checkVisibility()) continue;
      target.focus();
      look(target);
      target.scrollIntoView({ block: 'start', behavior: 'instant' });
      look(target);
    }
    for (const [element, top] of positions) element.scrollTop = top;
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return [...found];
  });
