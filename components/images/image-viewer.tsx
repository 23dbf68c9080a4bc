import { type KeyboardEvent, useState } from 'react';
import type { ImageRef } from '@/lib/chat/turn';
import { useImageSource } from '@/lib/client/hooks';
import { imageUrl } from '@/lib/client/http/image-url';
import { Icon } from '../ui/icon';
import { useOverlayStrings } from '../use-overlay-strings';
import { useStrings } from '../use-strings';
import { ViewerDialog } from './viewer-dialog';

export interface ImageViewerProps {
  images: readonly ImageRef[];
  /** The index of the image that is shown. */
  index: number;
  show: (index: number) => void;
  close: () => void;
}

/** Shows images one at a time, fitted to the screen or in full size. The arrow keys change the image. */
export function ImageViewer({ images, index, show, close }: ImageViewerProps) {
  const { attachments } = useStrings();
  const { imageViewer } = useOverlayStrings();
  const [isFull, setIsFull] = useState(false);
  const image = images[index];
  const source = useImageSource(image?.id ?? '');

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
  const steps = images.length > 1 && (
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
  );
  const link = (
    <a
      href={imageUrl(image.id)}
      target="_blank"
      rel="noopener"
      aria-label={imageViewer.openInTab}
      title={imageViewer.openInTab}
    >
      <Icon name="open" />
    </a>
  );
  return (
    <ViewerDialog
      title={imageViewer.title}
      isFull={isFull}
      setIsFull={setIsFull}
      close={close}
      onKeyDown={onKeyDown}
      before={steps}
      after={link}
    >
      {/* biome-ignore lint/performance/noImgElement: a guest's own image, in full. */}
      <img
        src={source}
        alt={attachments.imageLabel(index + 1, images.length)}
        width={image.width}
        height={image.height}
      />
    </ViewerDialog>
  );
}
