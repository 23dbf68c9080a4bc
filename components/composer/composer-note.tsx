import { CONTENT_LIMIT } from '@/lib/chat/content';
import type { Words } from '@/lib/chat/words';
import { type ConversationView, useHealth } from '@/lib/client/hooks';
import type { Health } from '@/lib/client/wire';
import { useWords } from '../words';
import styles from './composer-note.module.css';
import type { Message } from './use-message';

export const NOTE_ID = 'composer-note';

interface ComposerNoteProps {
  message: Message;
  /** It was sent, and waits for its images. */
  isDue: boolean;
  conversation: ConversationView;
}

/** The line beside the model: what keeps the message from going, or what to know before the first one. */
export function ComposerNote({ message, isDue, conversation }: ComposerNoteProps) {
  const words = useWords();
  const health = useHealth().value;
  if (message.isTooLong) {
    return (
      <p id={NOTE_ID} className={`${styles.note} ${styles.danger}`} role="alert">
        {words.composer.tooLong(message.content.length, CONTENT_LIMIT)}
      </p>
    );
  }
  return (
    <p id={NOTE_ID} className={styles.note}>
      {isDue ? words.composing.due : quietNote(conversation, message, health, words)}
    </p>
  );
}

function quietNote(
  { phase, empty, connection, activeTurnId }: ConversationView,
  { mayGo }: Message,
  health: Health | null,
  { composer, composing }: Words,
): string | null {
  if (connection === 'reconnecting') return composer.reconnecting;
  if (activeTurnId !== null && mayGo) return composing.queued;
  // What this server is, said while nothing else was.
  const fresh = phase === 'ready' && empty;
  if (!fresh || !health) return null;
  if (health.models.demo) return composer.demo;
  return health.store.durable ? null : composer.memory;
}
