import { lazy, Suspense } from 'react';

// A formula that KaTeX does not arrive for stays its source: the page is worth more.
const Formula = lazy(() => import('./formula').catch(() => ({ default: Source })));

/** A formula: its source until KaTeX is here. */
export function MathText({ tex, display }: { tex: string; display: boolean }) {
  return (
    <Suspense fallback={<Source tex={tex} />}>
      <Formula tex={tex} display={display} />
    </Suspense>
  );
}

function Source({ tex }: { tex: string; display?: boolean }) {
  return <code>{tex}</code>;
}
