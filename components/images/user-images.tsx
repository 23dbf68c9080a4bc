import { type ComponentType, type MouseEvent, useState } from 'react';
import type { ImageRef } from '@/lib/chat/turn';
import { fitWithin } from '@/lib/client/browser/images/fit-within';
import { useImageSource } from '@/lib/client/hooks';
import { imageUrl } from '@/lib/client/http/image-url';
import { useStrings } from '../use-strings';
import type { ImageViewerProps } from './image-viewer';
import styles from './user-images.module.css';

/** Pixels of the longer side of an image that stands alone. */
const ALONE = 320;

/** The images of what a person said. Their places are as large as they will be before a byte of them is here. */
export function UserImages({ images, faded = false }: { images: readonly ImageRef[]; faded?: boolean }) {
  const [shown, setShown] = useState(0);
  // Null until somebody looks closer: the viewer is loaded then.
  const [Viewer, setViewer] = useState<ComponentType<ImageViewerProps> | null>(null);

  const open = async (event: MouseEvent<HTMLAnchorElement>, index: number) => {
    // With a key held it is a link like any other.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    setShown(index);
    try {
      const { ImageViewer } = await import('./image-viewer');
      setViewer(() => ImageViewer);
    } catch {
      // The page is of an older build, or there is no network: the image itself may still be had.
      window.open(href, '_blank', 'noopener');
    }
  };

  return (
    <>
      <ul className={images.length === 1 ? styles.alone : styles.several} data-faded={faded || undefined}>
        {images.map((image, index) => (
          <li
            key={image.id}
            style={images.length === 1 ? { width: fitWithin(image, ALONE).width } : undefined}
          >
            <a
              href={imageUrl(image.id)}
              target="_blank"
              rel="noopener"
              aria-haspopup="dialog"
              onClick={(event) => void open(event, index)}
            >
              <UserImage image={image} index={index + 1} total={images.length} />
            </a>
          </li>
        ))}
      </ul>
      {Viewer && <Viewer images={images} index={shown} show={setShown} close={() => setViewer(null)} />}
    </>
  );
}

function UserImage({ image, index, total }: { image: ImageRef; index: number; total: number }) {
  const { attachments } = useStrings();
  return (
    // biome-ignore lint/performance/noImgElement: a guest's own image, scaled in the browser before it was sent.
    <img
      src={useImageSource(image.id)}
      alt={attachments.imageLabel(index, total)}
      width={image.width}
      height={image.height}
      decoding="async"
      loading="lazy"
    />
  );
}
