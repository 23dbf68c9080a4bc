import { useDeferredValue } from 'react';
import { LazyPart, useLazyPart } from '../../ui/lazy/lazy-part';

const FORMULA = new LazyPart(() => import('./formula').then(({ Formula }) => Formula));

/** A formula: its source until KaTeX has loaded. */
export function MathText({ tex, display }: { tex: string; display: boolean }) {
  // Deferred, so that a reply with hundreds of formulas does not block the page when KaTeX arrives.
  const Formula = useDeferredValue(useLazyPart(FORMULA));
  return Formula ? <Formula tex={tex} display={display} /> : <code>{tex}</code>;
}
