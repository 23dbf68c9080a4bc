import { type RefObject, useDeferredValue, useEffect, useRef, useState } from 'react';
import { isPreparingPrint, onBeforePrint } from '../../ui/before-print';
import { LazyPart, useLazyPart } from '../../ui/lazy/lazy-part';
import { useNear } from '../use-near';
import { takeFormulaBudget, takePrintBudget, waitInLine } from './formula-budget';

const loadFormula = () => import('./formula').then(({ Formula }) => Formula);
const FORMULA = new LazyPart(loadFormula);
/** Adds the commands of chemistry to KaTeX, which few replies need. */
const CHEMISTRY = new LazyPart(() =>
  Promise.all([loadFormula(), import('katex/contrib/mhchem')]).then(([Formula]) => Formula),
);
const isChemistry = (tex: string) => /\\(?:ce|pu)\b/.test(tex);

/**
 * A formula: its source until KaTeX has loaded. Beyond what the page renders at once, until it comes near the window and
 * those before it are rendered.
 */
export function MathText({ tex, display }: { tex: string; display: boolean }) {
  const source = useRef<HTMLElement>(null);
  // Deferred, so that a reply with hundreds of formulas does not block the page when KaTeX arrives.
  const Formula = useDeferredValue(useLazyPart(isChemistry(tex) ? CHEMISTRY : FORMULA));
  const [isWithinBudget] = useState(
    () => takeFormulaBudget(tex) || (isPreparingPrint() && takePrintBudget(tex)),
  );
  const isNext = useTurnInLine(tex, source, !isWithinBudget);
  return Formula && (isWithinBudget || isNext) ? (
    <Formula tex={tex} display={display} />
  ) : (
    <code ref={source}>{tex}</code>
  );
}

/** Whether the element has come near the window and its turn has come after that, or the page is to be printed. */
function useTurnInLine(tex: string, ref: RefObject<Element | null>, isWanted: boolean): boolean {
  const [isNext, setIsNext] = useState(false);
  const isNear = useNear(ref, isWanted);
  useEffect(() => (isNear ? waitInLine(() => setIsNext(true)) : undefined), [isNear]);
  useEffect(() => {
    if (isWanted && !isNext)
      return onBeforePrint(() => {
        if (takePrintBudget(tex)) setIsNext(true);
      });
  }, [tex, isWanted, isNext]);
  return isNext;
}
