import { failureText } from '@/lib/chat/words/failure-text';
import { discardSend, retrySend } from '@/lib/client/actions';
import type { PendingSend } from '@/lib/client/pending-send';
import { Icon } from '../ui/icon';
import { useWords } from '../words';
import styles from './pending-words.module.css';
import { UserWords } from './user-words';

/** Words on their way: the server has not acknowledged them, so they are shown as not yet said. */
export function PendingWords({ entry }: { entry: PendingSend }) {
  const words = useWords();
  const { turnId, content, state, error } = entry;
  return (
    <div>
      <UserWords text={content} faded />
      <div className={styles.state} role={state === 'failed' ? 'alert' : undefined}>
        {state === 'sending' && <span>{words.pending.sending}</span>}
        {state === 'waiting' && <span>{words.pending.waiting}</span>}
        {state === 'failed' && (
          <span className={styles.failed}>{failureText(words, error ?? { code: 'network' }, 'unsent')}</span>
        )}
        {state !== 'sending' && (
          <span className={styles.actions}>
            <button type="button" onClick={() => retrySend(turnId)}>
              <Icon name="retry" size={15} />
              {words.pending.retry}
            </button>
            <button type="button" onClick={() => discardSend(turnId)}>
              {words.pending.discard}
            </button>
          </span>
        )}
      </div>
    </div>
  );
}
