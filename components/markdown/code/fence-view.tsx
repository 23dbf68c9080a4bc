import { memo } from 'react';
import { LazyPart, useLazyPart } from '../../ui/lazy/lazy-part';
import { MathText } from '../math/math-text';
import { CodeBlock } from './code-block';
import type { Code } from './read-code';

const DIAGRAM = new LazyPart(() => import('../diagram/diagram').then(({ Diagram }) => Diagram));

/** A fence: a diagram if it is closed Mermaid and Mermaid has loaded, else code. */
export const FenceView = memo(function FenceView(code: Code) {
  const isDiagram = code.language?.toLowerCase() === 'mermaid' && !code.isOpen;
  const Diagram = useLazyPart(DIAGRAM, isDiagram);
  return isDiagram && Diagram ? <Diagram code={code.code} /> : <CodeBlock {...code} />;
});

/** A `pre` element: a displayed formula or a fence. */
export function PreView({ isMath, ...code }: Code & { isMath: boolean }) {
  return isMath && !code.isOpen ? <MathText tex={code.code} display /> : <FenceView {...code} />;
}
