import { useMemo, useRef, useState } from 'react';
import { CopyButton } from '../../ui/copy-button';
import { LazyPart, useLazyPart } from '../../ui/lazy/lazy-part';
import { CodeBlock } from '../code/code-block';
import codeStyles from '../code/code-block.module.css';
import { saveFile } from '../code/file-name';
import { Tool } from '../code/tool';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './diagram.module.css';
import type { Picture } from './draw-diagram';
import { toPng, toSvg } from './picture-file';

const VIEWER = new LazyPart(() => import('./diagram-viewer').then(({ DiagramViewer }) => DiagramViewer));

/**
 * A diagram that has been drawn, with a caption. It is shown in an `img`, where nothing of it can run, load or be
 * clicked; its source is the text for whoever cannot see it. A wide one scrolls sideways before it becomes unreadable.
 */
export function DiagramPicture({ code, picture }: { code: string; picture: Picture }) {
  const markdown = useMarkdownStrings();
  const box = useRef<HTMLElement>(null);
  const [isSource, setIsSource] = useState(false);
  const [isEnlarged, setIsEnlarged] = useState(false);
  const Viewer = useLazyPart(VIEWER, isEnlarged);
  const address = useMemo(() => addressOf(picture.svg), [picture.svg]);
  const alt = `${markdown.diagram}: ${code}`;
  const saveSvg = () => saveFile('diagram.svg', toSvg(picture, paper()));
  const paper = () => (box.current ? getComputedStyle(box.current).backgroundColor : 'white');

  return (
    <figure ref={box} className={styles.figure} dir="ltr" data-language="mermaid" data-source={code}>
      <figcaption className={codeStyles.caption}>
        <span className={codeStyles.name}>{markdown.diagram}</span>
        <Tool
          icon="code"
          label={isSource ? markdown.showDiagram : markdown.showSource}
          isPressed={isSource}
          press={() => setIsSource(!isSource)}
        />
        <Tool icon="grow" label={markdown.enlarge} press={() => setIsEnlarged(true)} />
        <Tool icon="download" caption="SVG" label={markdown.download('diagram.svg')} press={saveSvg} />
        <Tool
          icon="download"
          caption="PNG"
          label={markdown.download('diagram.png')}
          press={() =>
            void toPng(picture, address, paper()).then((png) => saveFile('diagram.png', png), saveSvg)
          }
        />
        <CopyButton caption className={codeStyles.tool} text={() => code} label={markdown.copySource} />
      </figcaption>
      {isSource ? (
        <div className={styles.source}>
          <CodeBlock code={code} language="mermaid" isOpen={false} />
        </div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
        <section className={styles.scroll} tabIndex={0} aria-label={markdown.diagram}>
          {/* biome-ignore lint/performance/noImgElement: the picture is a data URL. */}
          <img
            className={styles.diagram}
            src={address}
            width={picture.width}
            height={picture.height}
            style={{ minWidth: picture.width * LEAST_SCALE }}
            alt={alt}
          />
        </section>
      )}
      {isEnlarged && Viewer && (
        <Viewer address={address} picture={picture} alt={alt} close={() => setIsEnlarged(false)} />
      )}
    </figure>
  );
}

/** Down to this share of its own size a diagram can be read: its text is 15 pixels. */
const LEAST_SCALE = 0.7;

const addressOf = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
