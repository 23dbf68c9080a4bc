import { type Failure, failureCause } from '@/lib/chat/strings/failure-text';
import type { Strings } from '@/lib/chat/strings/strings';
import type { HealthAnswer } from '@/lib/chat/wire';
import { type ConversationView, useCookieMissing, useHealth } from '@/lib/client/hooks';
import { useFailureStrings } from '../../use-failure-strings';
import type { ComposedMessage } from '../use-composed-message';
import styles from './composer-note.module.css';

export const NOTE_ID = 'composer-note';

const DELAYED: Failure = { code: 'network', reason: 'delayed' };

interface ComposerNoteProps {
  message: ComposedMessage;
  conversation: ConversationView;
}

/** The line beside the model: why the message cannot be sent now, or a hint about this server. */
export function ComposerNote({ message, conversation }: ComposerNoteProps) {
  const isDelayed = conversation.connection === 'delayed';
  const strings = useFailureStrings(isDelayed ? DELAYED : null);
  const health = useHealth().value;
  const cookieMissing = useCookieMissing();
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
          : statusText(conversation, message, health, strings, cookieMissing)}
    </p>
  );
}

function statusText(
  { phase, isEmpty, connection, activeTurnId }: ConversationView,
  { canSend }: ComposedMessage,
  health: HealthAnswer | null,
  { composer }: Strings,
  cookieMissing: boolean,
): string | null {
  if (connection === 'reconnecting') return composer.reconnecting;
  if (activeTurnId !== null && canSend) return composer.sendsAfterReply;
  // The hints about the server appear only until the conversation has begun.
  const isNew = phase === 'ready' && isEmpty;
  if (!isNew || !health) return null;
  // If each instance has its own store, none accepts the cookie of another, although the browser kept it.
  if (cookieMissing && health.store.reason !== 'per_instance') return composer.cookieMissing;
  if (health.models.demo) return composer.demo;
  if (!health.store.durable) return composer.memoryOnly;
  return health.warnings?.includes('evicts') ? composer.evicts : null;
}
