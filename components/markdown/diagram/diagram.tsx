'use client';

import { useEffect, useRef, useState } from 'react';
import { CodeBlock } from '../code/code-block';
import { useMarkdownStrings } from '../use-markdown-strings';
import { useNear } from '../use-near';
import styles from './diagram.module.css';
import { DiagramPicture } from './diagram-picture';
import { diagramTheme } from './diagram-theme';
import { drawDiagram, type Picture, SlowDiagram } from './draw-diagram';
import { useDark } from './use-dark';

type Shown = { kind: 'none' } | { kind: 'drawn'; picture: Picture } | { kind: 'slow' } | { kind: 'failed' };

/**
 * A Mermaid diagram, drawn when it comes near the window. One that cannot be drawn, or takes too long, is shown as its
 * source with a note.
 */
export function Diagram({ code }: { code: string }) {
  const markdown = useMarkdownStrings();
  const isDark = useDark();
  const [drawing, setDrawing] = useState<Shown>({ kind: 'none' });
  const [isAsked, setIsAsked] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const isNear = useNear(box);

  useEffect(() => {
    if (!isNear || !box.current) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const show = (next: Shown) => {
      if (!signal.aborted) setDrawing(next);
    };
    drawDiagram({ source: code, theme: diagramTheme(box.current, isDark), isAsked, signal }).then(
      (picture) => show({ kind: 'drawn', picture }),
      (error) => show({ kind: error instanceof SlowDiagram ? 'slow' : 'failed' }),
    );
    return () => leaving.abort();
  }, [isNear, code, isDark, isAsked]);

  const ask = () => {
    setDrawing({ kind: 'none' });
    setIsAsked(true);
  };
  return (
    <div ref={box} className={styles.box}>
      {drawing.kind === 'failed' && <p className={styles.note}>{markdown.diagramFailed}</p>}
      {drawing.kind === 'slow' && (
        <p className={styles.note}>
          {markdown.diagramSlow}{' '}
          {!isAsked && (
            <button type="button" className={styles.ask} onClick={ask}>
              {markdown.drawAnyway}
            </button>
          )}
        </p>
      )}
      {drawing.kind === 'drawn' ? (
        <DiagramPicture code={code} picture={drawing.picture} />
      ) : (
        <CodeBlock code={code} language="mermaid" isOpen={false} />
      )}
    </div>
  );
}
