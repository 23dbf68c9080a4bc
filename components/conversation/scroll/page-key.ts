import { COMPOSER_ID } from '../../composer/composer-focus';
import { gapOf, type ScrollMetrics } from './scroll-pin';

/** A page down that would end this close to the end goes there: as much comes into view when the jump button leaves. Pixels. */
const NEAR_END = 64;

/** The share of the window's height that a page key scrolls: a few lines of it stay. */
const PAGE = 0.87;

type Press = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing' | 'defaultPrevented'
>;

/**
 * How far a key scrolls the conversation while the focus is elsewhere, in window heights; 0 for any other key. `field`:
 * what has the focus. The page keys do nothing in an empty message box, so they scroll the conversation.
 */
export function pagesFor(press: Press, field: { id: string; value?: unknown } | null): number {
  const { key, shiftKey, altKey, ctrlKey, metaKey, isComposing, defaultPrevented } = press;
  if (shiftKey || altKey || ctrlKey || metaKey || isComposing || defaultPrevented) return 0;
  if (field?.id !== COMPOSER_ID || field.value !== '') return 0;
  return key === 'PageUp' ? -PAGE : key === 'PageDown' ? PAGE : 0;
}

/** How far that is in pixels, with the view where it is. */
export function pageDistance(pages: number, metrics: ScrollMetrics): number {
  const distance = pages * metrics.view;
  const gap = gapOf(metrics);
  return distance > 0 && gap - distance < NEAR_END ? gap : distance;
}
