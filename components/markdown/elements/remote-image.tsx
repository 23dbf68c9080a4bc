import { useState } from 'react';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './remote-image.module.css';
import { remoteImage } from './safe-url';

/**
 * An image of a reply is not loaded on its own: fetching it would tell another server that the reply was read. The button
 * names that server; a press loads the image, without a referrer.
 */
export function RemoteImage({ src, alt }: { src?: string; alt?: string }) {
  const { markdown } = useStrings();
  const image = remoteImage(src);
  const name = alt || markdown.imageAlt;
  const [isShown, setIsShown] = useState(false);
  const [isBroken, setIsBroken] = useState(false);

  if (!image || isBroken) {
    return (
      <span className={styles.broken}>
        <Icon name="image" size={16} /> {image ? markdown.imageFailed : name}
      </span>
    );
  }
  if (isShown) {
    return (
      // biome-ignore lint/performance/noImgElement: the image is from elsewhere, and must not pass through this server.
      <img
        className={styles.image}
        src={image.url}
        alt={name}
        referrerPolicy="no-referrer"
        onError={() => setIsBroken(true)}
      />
    );
  }
  return (
    <button type="button" className={styles.button} onClick={() => setIsShown(true)}>
      <Icon name="image" size={22} />
      <span>
        {name}
        <small>{markdown.showImage(image.host)}</small>
      </span>
    </button>
  );
}
