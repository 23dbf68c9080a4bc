import { CONTENT_LIMIT } from '@/lib/chat/content';
import type { Words } from '@/lib/chat/words';
import { type ConversationView, useHealth } from '@/lib/client/hooks';
import type { Health } from '@/lib/client/wire';
import { useWords } from '../words';
import styles from './composer-note.module.css';

export const NOTE_ID = 'composer-note';

interface ComposerNoteProps {
  draft: string;
  tooLong: boolean;
  conversation: ConversationView;
}

/** The line beside the model: what keeps the message from going, or what to know before the first one. */
export function ComposerNote({ draft, tooLong, conversation }: ComposerNoteProps) {
  const { composer } = useWords();
  const health = useHealth().value;
  if (tooLong) {
    return (
      <p id={NOTE_ID} className={`${styles.note} ${styles.danger}`} role="alert">
        {composer.tooLong(draft.length, CONTENT_LIMIT)}
      </p>
    );
  }
  return (
    <p id={NOTE_ID} className={styles.note}>
      {quietNote(conversation, draft, health, composer)}
    </p>
  );
}

function quietNote(
  { phase, empty, connection, activeTurnId }: ConversationView,
  draft: string,
  health: Health | null,
  composer: Words['composer'],
): string | null {
  if (connection === 'reconnecting') return composer.reconnecting;
  if (activeTurnId !== null && draft.trim() !== '') return composer.busy;
  // What this server is, said while nothing else was.
  const fresh = phase === 'ready' && empty;
  if (!fresh || !health) return null;
  if (health.models.demo) return composer.demo;
  return health.store.durable ? null : composer.memory;
}
