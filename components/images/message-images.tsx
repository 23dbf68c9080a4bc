import { type CSSProperties, type MouseEvent, useState } from 'react';
import type { ImageRef } from '@/lib/chat/turn';
import { useImageSource } from '@/lib/client/hooks';
import { imageUrl } from '@/lib/client/http/image-url';
import { LazyPart, useLazyPart } from '../ui/lazy/lazy-part';
import { useStrings } from '../use-strings';
import styles from './message-images.module.css';

const VIEWER = new LazyPart(() => import('./image-viewer').then(({ ImageViewer }) => ImageViewer));

/** The images of a user message. Each has its final size before it has loaded. */
export function MessageImages({
  images,
  isFaded = false,
}: {
  images: readonly ImageRef[];
  isFaded?: boolean;
}) {
  const [shown, setShown] = useState<number | null>(null);
  const Viewer = useLazyPart(VIEWER, false);

  const open = async (event: MouseEvent<HTMLAnchorElement>, index: number) => {
    // With a modifier key it stays an ordinary link.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    if (await VIEWER.load()) setShown(index);
    // The page is of an older build, or there is no network: the image itself may still load.
    else window.open(href, '_blank', 'noopener');
  };

  return (
    <>
      <ul className={images.length === 1 ? styles.single : styles.several} data-faded={isFaded || undefined}>
        {images.map((image, index) => (
          // React's types do not include custom properties.
          <li key={image.id} style={{ '--width': image.width, '--height': image.height } as CSSProperties}>
            <a
              href={imageUrl(image.id)}
              target="_blank"
              rel="noopener"
              aria-haspopup="dialog"
              onClick={(event) => void open(event, index)}
            >
              <MessageImage image={image} index={index + 1} total={images.length} />
            </a>
          </li>
        ))}
      </ul>
      {Viewer && shown !== null && (
        <Viewer images={images} index={shown} show={setShown} close={() => setShown(null)} />
      )}
    </>
  );
}

function MessageImage({ image, index, total }: { image: ImageRef; index: number; total: number }) {
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
