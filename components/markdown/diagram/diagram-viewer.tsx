import { useEffect, useRef, useState } from 'react';
import viewer from '../../images/image-viewer.module.css';
import { Icon } from '../../ui/icon';
import { useOverlayStrings } from '../../use-overlay-strings';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './diagram.module.css';
import type { Picture } from './draw-diagram';

interface DiagramViewerProps {
  address: string;
  picture: Picture;
  alt: string;
  close: () => void;
}

/** A diagram over the whole window, fitted to it or in full size, where it scrolls in both directions. */
export function DiagramViewer({ address, picture, alt, close }: DiagramViewerProps) {
  const { imageViewer } = useOverlayStrings();
  const markdown = useMarkdownStrings();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isFull, setIsFull] = useState(false);
  const toggle = () => setIsFull(!isFull);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog ref={dialog} className={viewer.viewer} aria-label={markdown.diagram} onClose={close}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the buttons, and Escape. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the picture closes, as everywhere. */}
      <div
        className={viewer.stage}
        data-full={isFull || undefined}
        onClick={({ target, currentTarget }) => target === currentTarget && dialog.current?.close()}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the button for it. */}
        {/* biome-ignore lint/performance/noImgElement: the picture is a data URL. */}
        <img
          className={styles.enlarged}
          style={
            isFull ? undefined : { width: `min(100%, (100dvh - 96px) * ${picture.width / picture.height})` }
          }
          src={address}
          width={picture.width}
          height={picture.height}
          alt={alt}
          onClick={toggle}
        />
      </div>
      <div className={viewer.tools}>
        <button
          type="button"
          aria-label={isFull ? imageViewer.fit : imageViewer.fullSize}
          title={isFull ? imageViewer.fit : imageViewer.fullSize}
          onClick={toggle}
        >
          <Icon name={isFull ? 'shrink' : 'grow'} />
        </button>
        <button
          type="button"
          aria-label={imageViewer.close}
          title={imageViewer.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
    </dialog>
  );
}
