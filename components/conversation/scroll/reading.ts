import { gapOf, type ScrollMetrics } from './scroll-pin';

/** A smaller movement is no wish to go anywhere. Pixels. */
const TREMBLE = 2;

let current = false;

/**
 * Whether the reader reads on: the view is at its end, or was scrolled down last. In a low window (the style sheets say
 * how low) the header and the tabs then leave, and return when the reader scrolls up. `scrolled`: pixels since the last
 * time.
 */
export function isReading(metrics: ScrollMetrics, scrolled: number, before = current): boolean {
  if (metrics.top <= 0) return false;
  if (gapOf(metrics) <= TREMBLE) return true;
  return Math.abs(scrolled) <= TREMBLE ? before : scrolled > 0;
}

export function setReading(next: boolean): void {
  if (next === current) return;
  current = next;
  document.documentElement.toggleAttribute('data-reading', next);
}
