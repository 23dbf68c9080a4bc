import type { Strings } from '@/lib/chat/strings/strings';
import type { HealthAnswer } from '@/lib/chat/wire';
import { type ConversationView, useHealth } from '@/lib/client/hooks';
import { useStrings } from '../../use-strings';
import type { Message } from '../use-composed-message';
import styles from './composer-note.module.css';

export const NOTE_ID = 'composer-note';

interface ComposerNoteProps {
  message: Message;
  conversation: ConversationView;
}

/** The line beside the model: what keeps the message from going, or what to know before the first one. */
export function ComposerNote({ message, conversation }: ComposerNoteProps) {
  const strings = useStrings();
  const health = useHealth().value;
  if (message.isTooLong) {
    return (
      <p id={NOTE_ID} className={`${styles.note} ${styles.danger}`} role="alert">
        {strings.composer.tooLong(message.content.length)}
      </p>
    );
  }
  return (
    <p id={NOTE_ID} className={styles.note}>
      {message.isQueued
        ? strings.attachments.sendsAfterUpload
        : quietNote(conversation, message, health, strings)}
    </p>
  );
}

function quietNote(
  { phase, empty, connection, activeTurnId }: ConversationView,
  { mayGo }: Message,
  health: HealthAnswer | null,
  { composer }: Strings,
): string | null {
  if (connection === 'reconnecting') return composer.reconnecting;
  if (activeTurnId !== null && mayGo) return composer.queued;
  // What this server is, said while nothing else was.
  const fresh = phase === 'ready' && empty;
  if (!fresh || !health) return null;
  if (health.models.demo) return composer.demo;
  return health.store.durable ? null : composer.memoryOnly;
}
