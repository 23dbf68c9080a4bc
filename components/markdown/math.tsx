import { lazy, Suspense } from 'react';

const Formula = lazy(() => import('./formula'));

/** A formula: its source until KaTeX is here. */
export function MathText({ tex, display }: { tex: string; display: boolean }) {
  return (
    <Suspense fallback={<code>{tex}</code>}>
      <Formula tex={tex} display={display} />
    </Suspense>
  );
}
