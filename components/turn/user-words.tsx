import { memo } from 'react';
import { splitContent } from '@/lib/chat/paste';
import type { ImageRef } from '@/lib/chat/turn';
import { UserImages } from '../images/message-images';
import { Hidden } from '../ui/hidden';
import { useStrings } from '../use-strings';
import { PastedText } from './pasted-text';
import styles from './user-words.module.css';

interface UserWordsProps {
  text: string;
  images: readonly ImageRef[];
  faded?: boolean;
  /** Says that it is being said otherwise, in the composer. */
  editing?: string;
}

/** What the person said: plain text with its own line breaks, in its own direction; long pastes folded; images. */
export const UserWords = memo(function UserWords({
  text: content,
  images,
  faded = false,
  editing,
}: UserWordsProps) {
  const strings = useStrings();
  const { text, pastes } = splitContent(content);
  return (
    <div className={styles.row} data-editing={editing && ''}>
      <Hidden as="h2">{strings.turn.you}</Hidden>
      {editing && <p className={styles.editing}>{editing}</p>}
      {images.length > 0 && <UserImages images={images} faded={faded} />}
      {text !== '' && (
        <p className={faded ? `${styles.bubble} ${styles.faded}` : styles.bubble} dir="auto">
          {text}
        </p>
      )}
      {pastes.map((paste, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said never changes.
        <PastedText key={index} text={paste} />
      ))}
    </div>
  );
});
