'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { CodeBlock } from '../code/code-block';
import { useMarkdownStrings } from '../use-markdown-strings';
import { useNear } from '../use-near';
import styles from './diagram.module.css';
import { drawDiagram, type Picture } from './draw-diagram';
import { useDark } from './use-dark';

type Drawing = { kind: 'none' } | { kind: 'drawn'; picture: Picture } | { kind: 'failed' };

/**
 * A Mermaid diagram, drawn when it comes near the window. It is shown in an `img`, where nothing of it can run, load or
 * be clicked. A diagram that cannot be drawn is shown as its source, with a note.
 */
export function Diagram({ code }: { code: string }) {
  const markdown = useMarkdownStrings();
  const isDark = useDark();
  const id = `diagram-${useId().replace(/[^\w]/g, '')}`;
  const [drawing, setDrawing] = useState<Drawing>({ kind: 'none' });
  const box = useRef<HTMLDivElement>(null);
  const isNear = useNear(box);

  useEffect(() => {
    if (!isNear) return;
    let isCurrent = true;
    drawDiagram(id, code, isDark).then(
      (picture) => {
        if (isCurrent) setDrawing({ kind: 'drawn', picture });
      },
      () => {
        if (isCurrent) setDrawing({ kind: 'failed' });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [isNear, id, code, isDark]);

  return (
    <div ref={box} className={styles.box}>
      {drawing.kind === 'drawn' && (
        // biome-ignore lint/performance/noImgElement: the picture is a data URL.
        <img
          className={styles.diagram}
          src={drawing.picture.address}
          width={drawing.picture.width}
          height={drawing.picture.height}
          alt={markdown.diagram}
        />
      )}
      {drawing.kind === 'failed' && <p className={styles.note}>{markdown.diagramFailed}</p>}
      {drawing.kind !== 'drawn' && <CodeBlock code={code} language="mermaid" isOpen={false} />}
    </div>
  );
}
