import { useState } from 'react';
import { ViewerDialog } from '../../images/viewer-dialog';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './diagram.module.css';
import type { Picture } from './draw-diagram';

interface DiagramViewerProps {
  address: string;
  picture: Picture;
  alt: string;
  close: () => void;
}

/** A diagram over the whole window. Fitted to it, it may be larger than it was drawn. */
export function DiagramViewer({ address, picture, alt, close }: DiagramViewerProps) {
  const markdown = useMarkdownStrings();
  const [isFull, setIsFull] = useState(false);
  const { width, height } = picture;
  return (
    <ViewerDialog title={markdown.diagram} isFull={isFull} setIsFull={setIsFull} close={close}>
      {/* biome-ignore lint/performance/noImgElement: the picture is a data URL. */}
      <img
        className={styles.enlarged}
        style={isFull ? undefined : { width: `min(100%, (100dvh - 96px) * ${width / height})` }}
        src={address}
        width={width}
        height={height}
        alt={alt}
      />
    </ViewerDialog>
  );
}
