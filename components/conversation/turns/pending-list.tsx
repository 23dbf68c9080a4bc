import type { OutboxEntry } from '@/lib/client/state/outbox-entry';
import { PendingMessage } from '../../turn/user/pending-message';
import styles from './turns.module.css';

interface PendingListProps {
  pending: readonly OutboxEntry[];
  /** A reply is running, so that the first of them waits for it. */
  isReplying: boolean;
}

/** The messages that the server has not acknowledged yet, each with what it waits for. */
export function PendingList({ pending, isReplying }: PendingListProps) {
  const first = pending.find(({ state }) => state !== 'failed')?.turnId;
  const reply = isReplying ? 'reply' : null;
  return pending.map((entry) => (
    <div key={entry.turnId} className={styles.pending}>
      <PendingMessage entry={entry} before={entry.turnId === first ? reply : 'message'} />
    </div>
  ));
}
