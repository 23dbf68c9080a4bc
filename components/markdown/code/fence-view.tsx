import { memo } from 'react';
import { LazyPart, useLazyPart } from '../../ui/lazy-part';
import { MathText } from '../math/math';
import { CodeBlock } from './code-block';
import type { Code } from './code-of';

const DIAGRAM = new LazyPart(() => import('./diagram').then(({ Diagram }) => Diagram));

/** A fence: code, or a drawing once a fence of Mermaid is closed and Mermaid has loaded. */
export const FenceView = memo(function FenceView(code: Code) {
  const isDiagram = code.language?.toLowerCase() === 'mermaid' && !code.open;
  const Diagram = useLazyPart(DIAGRAM, isDiagram);
  return isDiagram && Diagram ? <Diagram code={code.code} /> : <CodeBlock {...code} />;
});

/** What stands in a `pre`: a formula of its own, or a fence. */
export function PreView({ isMath, ...code }: Code & { isMath: boolean }) {
  return isMath && !code.open ? <MathText tex={code.code} display /> : <FenceView {...code} />;
}
