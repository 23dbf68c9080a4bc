import { readTurnHash } from '@/lib/client/state/turn-link';

/**
 * Where a clicked link inside a turn leads, if that is in the page: an element of the same turn, such as a footnote, or
 * null if the turn has no such element. undefined: the click is none on such a link, or the browser is to follow it.
 * The browser would scroll everything around the element too, and a reply could lead to any other part of the page.
 */
export function linkTarget(click: MouseEvent): HTMLElement | null | undefined {
  const { target, ctrlKey, metaKey, shiftKey, defaultPrevented } = click;
  const link = target instanceof Element ? target.closest('a[href^="#"]') : null;
  const hash = link?.getAttribute('href');
  if (!link || !hash || ctrlKey || metaKey || shiftKey || defaultPrevented || readTurnHash(hash))
    return undefined;
  const element = document.getElementById(decoded(hash.slice(1)));
  return element && link.closest('[data-turn]')?.contains(element) ? element : null;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    // An invalid percent-encoding, such as `%zz`.
    return fragment;
  }
}
