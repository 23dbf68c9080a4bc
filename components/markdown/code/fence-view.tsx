import { lazy, memo, Suspense } from 'react';
import { MathText } from '../math/math';
import { CodeBlock } from './code-block';
import type { Code } from './code-of';

// A diagram that Mermaid does not arrive for stays its source.
const Diagram = lazy(() => import('./diagram').catch(() => ({ default: Source })));

/** A fence: code, unless it is closed and its language is one that is drawn. */
export const FenceView = memo(function FenceView(code: Code) {
  const language = code.language?.toLowerCase();
  if (language === 'mermaid' && !code.open) {
    return (
      <Suspense fallback={<Source code={code.code} />}>
        <Diagram code={code.code} />
      </Suspense>
    );
  }
  return <CodeBlock {...code} />;
});

/** What stands in a `pre`: a formula of its own, or a fence. */
export function PreView({ isMath, ...code }: Code & { isMath: boolean }) {
  return isMath && !code.open ? <MathText tex={code.code} display /> : <FenceView {...code} />;
}

function Source({ code }: { code: string }) {
  return <CodeBlock code={code} language="mermaid" open={false} />;
}
