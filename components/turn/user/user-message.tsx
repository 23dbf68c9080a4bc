import { memo } from 'react';
import { splitContent } from '@/lib/chat/text/paste';
import type { ImageRef } from '@/lib/chat/turn';
import { MessageImages } from '../../images/message-images';
import { VisuallyHidden } from '../../ui/visually-hidden';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import { PastedText } from './pasted-text';
import styles from './user-message.module.css';

interface UserMessageProps {
  text: string;
  images: readonly ImageRef[];
  isFaded?: boolean;
  /** The note that this message is being edited in the composer. */
  editing?: string;
}

/** A user message: its images, its text as plain text in its own direction, and long pastes, folded. */
export const UserMessage = memo(function UserMessage({
  text: content,
  images,
  isFaded = false,
  editing,
}: UserMessageProps) {
  const { you } = useTurnFooterStrings();
  const { text, pastes } = splitContent(content);
  return (
    <div className={styles.message} data-editing={editing && ''}>
      <VisuallyHidden as="h2">{you}</VisuallyHidden>
      {editing && <p className={styles.editing}>{editing}</p>}
      {images.length > 0 && <MessageImages images={images} isFaded={isFaded} />}
      {text !== '' && (
        <p className={isFaded ? `${styles.bubble} ${styles.faded}` : styles.bubble} dir="auto">
          {text}
        </p>
      )}
      {pastes.map((paste, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the message never changes.
        <PastedText key={index} text={paste} />
      ))}
    </div>
  );
});
