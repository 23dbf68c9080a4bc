import { type Failure, failureAdvice, failureCause } from '@/lib/chat/strings/failure-text';
import type { Strings } from '@/lib/chat/strings/strings';
import type { HealthAnswer } from '@/lib/chat/wire';
import { type ConversationView, useHealth, useStorageRefused } from '@/lib/client/hooks';
import { useFailureStrings } from '../../use-failure-strings';
import type { ComposedMessage } from '../use-composed-message';
import styles from './composer-note.module.css';

export const NOTE_ID = 'composer-note';

const DELAYED: Failure = { code: 'network', reason: 'delayed' };
const NOT_STORED: Failure = { code: 'internal', reason: 'not_stored' };

interface ComposerNoteProps {
  message: ComposedMessage;
  conversation: ConversationView;
}

/** The line beside the model: why the message cannot be sent now, or a hint about this server. */
export function ComposerNote({ message, conversation }: ComposerNoteProps) {
  const isDelayed = conversation.connection === 'delayed';
  const isRefused = useStorageRefused();
  const strings = useFailureStrings(isDelayed ? DELAYED : isRefused ? NOT_STORED : null);
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
        : isDelayed
          ? failureCause(strings, DELAYED)
          : statusText(conversation, message, health, strings, isRefused)}
    </p>
  );
}

function statusText(
  { phase, isEmpty, connection, activeTurnId }: ConversationView,
  { canSend }: ComposedMessage,
  health: HealthAnswer | null,
  strings: Strings,
  isRefused: boolean,
): string | null {
  const { composer } = strings;
  if (connection === 'reconnecting') return composer.reconnecting;
  if (activeTurnId !== null && canSend) return composer.sendsAfterReply;
  if (isRefused && strings.failures.storage.not_stored) return failureAdvice(strings, NOT_STORED);
  // The hints about the server appear only until the conversation has begun.
  const isNew = phase === 'ready' && isEmpty;
  if (!isNew || !health) return null;
  if (health.models.demo) return composer.demo;
  if (!health.store.durable) return composer.memoryOnly;
  return health.warnings?.includes('evicts') ? composer.evicts : null;
}
