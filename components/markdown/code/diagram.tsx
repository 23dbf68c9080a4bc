'use client';

import mermaid from 'mermaid';
import { useEffect, useId, useState } from 'react';
import { useStrings } from '../../use-strings';
import { CodeBlock } from './code-block';
import styles from './diagram.module.css';
import { useDark } from './use-dark';

type Drawing = { kind: 'none' } | { kind: 'drawn'; picture: Picture } | { kind: 'failed' };

interface Picture {
  address: string;
  /** Pixels, so that the page reserves its space before it is painted. */
  width: number;
  height: number;
}

/** Mermaid has one global configuration, so diagrams are drawn one after another. */
let queue: Promise<unknown> = Promise.resolve();

function draw(id: string, source: string, isDark: boolean): Promise<string> {
  const drawn = queue.then(async () => {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      theme: isDark ? 'dark' : 'neutral',
      htmlLabels: false,
      suppressErrorRendering: true,
      maxTextSize: 20_000,
      maxEdges: 300,
    });
    return (await mermaid.render(id, source)).svg;
  });
  // A failure goes to the caller, not to the next diagram.
  queue = drawn.catch(() => undefined);
  return drawn;
}

/**
 * A Mermaid diagram. It is shown in an `img`, where nothing of it can run, load or be clicked. A diagram that cannot be
 * drawn is shown as its source, with a note.
 */
export function Diagram({ code }: { code: string }) {
  const { markdown } = useStrings();
  const isDark = useDark();
  const id = `diagram-${useId().replace(/[^\w]/g, '')}`;
  const [drawing, setDrawing] = useState<Drawing>({ kind: 'none' });

  useEffect(() => {
    let isCurrent = true;
    draw(id, code, isDark).then(
      (svg) => {
        if (isCurrent) setDrawing({ kind: 'drawn', picture: pictureOf(svg) });
      },
      () => {
        // Mermaid leaves its own error message in the document.
        document.getElementById(`d${id}`)?.remove();
        if (isCurrent) setDrawing({ kind: 'failed' });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [id, code, isDark]);

  return (
    <>
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
    </>
  );
}

function pictureOf(svg: string): Picture {
  const [, width, height] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return {
    address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
    width: Math.ceil(Number(width ?? 640)),
    height: Math.ceil(Number(height ?? 480)),
  };
}
