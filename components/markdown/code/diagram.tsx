'use client';

import mermaid from 'mermaid';
import { useEffect, useId, useState } from 'react';
import { useStrings } from '../../use-strings';
import { CodeBlock } from './code-block';
import styles from './diagram.module.css';
import { useDark } from './use-dark';

type Drawing = { kind: 'none' } | { kind: 'drawn'; picture: Picture } | { kind: 'bad' };

interface Picture {
  address: string;
  /** Pixels, so that its place is kept until it is painted. */
  width: number;
  height: number;
}

/** Mermaid keeps one configuration for all diagrams, so they are drawn one after another. */
let queue: Promise<unknown> = Promise.resolve();

function draw(id: string, source: string, dark: boolean): Promise<string> {
  const drawn = queue.then(async () => {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      theme: dark ? 'dark' : 'neutral',
      htmlLabels: false,
      suppressErrorRendering: true,
      maxTextSize: 20_000,
      maxEdges: 300,
    });
    return (await mermaid.render(id, source)).svg;
  });
  // The next one is drawn whatever became of this one; who asked for this one hears of it.
  queue = drawn.catch(() => undefined);
  return drawn;
}

/**
 * A Mermaid diagram, loaded with this file when a fence of it has closed. It is shown as a picture: in an `img` nothing
 * of it can run, load, or be clicked. What cannot be drawn is shown as its source, with a note.
 */
export function Diagram({ code }: { code: string }) {
  const { markdown } = useStrings();
  const dark = useDark();
  const id = `diagram-${useId().replace(/[^\w]/g, '')}`;
  const [drawing, setDrawing] = useState<Drawing>({ kind: 'none' });

  useEffect(() => {
    let current = true;
    draw(id, code, dark).then(
      (svg) => {
        if (current) setDrawing({ kind: 'drawn', picture: pictureOf(svg) });
      },
      () => {
        // Its own words are for developers; the page says its own.
        document.getElementById(`d${id}`)?.remove();
        if (current) setDrawing({ kind: 'bad' });
      },
    );
    return () => {
      current = false;
    };
  }, [id, code, dark]);

  return (
    <>
      {drawing.kind === 'drawn' && (
        // biome-ignore lint/performance/noImgElement: a picture that was made here.
        <img
          className={styles.diagram}
          src={drawing.picture.address}
          width={drawing.picture.width}
          height={drawing.picture.height}
          alt={markdown.diagram}
        />
      )}
      {drawing.kind === 'bad' && <p className={styles.note}>{markdown.diagramFailed}</p>}
      {drawing.kind !== 'drawn' && <CodeBlock code={code} language="mermaid" open={false} />}
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
