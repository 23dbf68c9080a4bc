import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ImageRef } from '@/lib/chat/turn';
import { useImageSource } from '@/lib/client/hooks';
import { imageUrl } from '@/lib/client/http/image-url';
import { Icon } from '../ui/icon';
import { useOverlayStrings } from '../use-overlay-strings';
import { useStrings } from '../use-strings';
import styles from './image-viewer.module.css';

export interface ImageViewerProps {
  images: readonly ImageRef[];
  /** The index of the image that is shown. */
  index: number;
  show: (index: number) => void;
  close: () => void;
}

/**
 * Shows images one at a time, fitted to the screen or in full size. The arrow keys change the image. The native dialog
 * keeps the focus inside and returns it afterwards.
 */
export function ImageViewer({ images, index, show, close }: ImageViewerProps) {
  const { attachments } = useStrings();
  const { imageViewer } = useOverlayStrings();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isFull, setIsFull] = useState(false);
  const image = images[index];
  const source = useImageSource(image?.id ?? '');

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const go = (to: number) => {
    if (images[to] === undefined) return;
    setIsFull(false);
    show(to);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft') go(index - 1);
    if (key === 'ArrowRight') go(index + 1);
  };

  if (!image) return null;
  return (
    <dialog
      ref={dialog}
      className={styles.viewer}
      aria-label={imageViewer.title}
      onClose={close}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the buttons, and Escape. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the image closes, as everywhere. */}
      <div
        className={styles.stage}
        data-full={isFull || undefined}
        onClick={({ target, currentTarget }) => target === currentTarget && dialog.current?.close()}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the button for it. */}
        {/* biome-ignore lint/performance/noImgElement: a guest's own image, in full. */}
        <img
          src={source}
          alt={attachments.imageLabel(index + 1, images.length)}
          width={image.width}
          height={image.height}
          onClick={() => setIsFull(!isFull)}
        />
      </div>
      <div className={styles.tools}>
        {images.length > 1 && (
          <>
            <button
              type="button"
              aria-label={imageViewer.previous}
              title={imageViewer.previous}
              aria-disabled={index === 0}
              onClick={() => go(index - 1)}
            >
              <Icon name="chevron-left" />
            </button>
            <span aria-live="polite">
              {index + 1}/{images.length}
            </span>
            <button
              type="button"
              aria-label={imageViewer.next}
              title={imageViewer.next}
              aria-disabled={index === images.length - 1}
              onClick={() => go(index + 1)}
            >
              <Icon name="chevron-right" />
            </button>
          </>
        )}
        <button
          type="button"
          aria-label={isFull ? imageViewer.fit : imageViewer.fullSize}
          title={isFull ? imageViewer.fit : imageViewer.fullSize}
          onClick={() => setIsFull(!isFull)}
        >
          <Icon name={isFull ? 'shrink' : 'grow'} />
        </button>
        <a
          href={imageUrl(image.id)}
          target="_blank"
          rel="noopener"
          aria-label={imageViewer.openInTab}
          title={imageViewer.openInTab}
        >
          <Icon name="open" />
        </a>
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
