import { type ReactNode, useState } from 'react';
import { withBasePath } from '@/lib/chat/site-path';
import { Icon } from '../../ui/icon';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './remote-image.module.css';
import { remoteImage } from './safe-url';

/**
 * An image of a reply is not loaded on its own: fetching it would tell another server that the reply was read. The button
 * names that server. Where this server fetches images, a press shows the image in the reply; elsewhere it opens a tab,
 * because the page's policy loads nothing from other servers.
 */
export function RemoteImage({ src, alt }: { src?: string; alt?: string }) {
  const markdown = useMarkdownStrings();
  const image = remoteImage(src);
  const name = alt || markdown.imageAlt;
  // What copying takes.
  const taken = { 'data-image-url': image?.url, 'data-image-alt': alt };
  const [state, setState] = useState<'button' | 'shown' | 'failed'>('button');

  if (!image) {
    return (
      <span className={styles.broken}>
        <Icon name="image" size={16} /> {name}
      </span>
    );
  }
  if (state === 'shown') {
    return (
      // biome-ignore lint/performance/noImgElement: the optimizer is off, and would fetch the image without the guard.
      <img
        className={styles.image}
        src={withBasePath(`/api/remote-image?${new URLSearchParams({ url: image.url })}`)}
        alt={name}
        {...taken}
        onError={() => setState('failed')}
      />
    );
  }
  if (state === 'button' && image.url.startsWith('https:') && isServed()) {
    return (
      <button type="button" className={styles.button} onClick={() => setState('shown')} {...taken}>
        <Caption name={name}>{markdown.showImage(image.host)}</Caption>
      </button>
    );
  }
  return (
    <a className={styles.button} href={image.url} target="_blank" rel="noopener noreferrer" {...taken}>
      <Caption name={state === 'failed' ? markdown.imageFailed : name}>
        {markdown.openImage(image.host)}
      </Caption>
    </a>
  );
}

function Caption({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <Icon name="image" size={22} />
      <span>
        {name}
        <small>{children}</small>
      </span>
    </>
  );
}

/** Whether this server fetches remote images: it says so with the page. */
const isServed = () =>
  typeof document !== 'undefined' && document.documentElement.dataset.remoteImages === 'on';
