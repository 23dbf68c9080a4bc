import type { ImageRef } from '@/lib/chat/turn';
import { failureText } from '@/lib/chat/words/failure-text';
import { discardSend, editSend, retrySend } from '@/lib/client/actions';
import { isRetryable } from '@/lib/client/client-error';
import type { PendingSend } from '@/lib/client/pending-send';
import { Icon } from '../ui/icon';
import { useWords } from '../words';
import styles from './pending-words.module.css';
import { UserWords } from './user-words';
import { whyWaiting } from './why-waiting';

interface PendingWordsProps {
  entry: PendingSend;
  /** What these words go out after, if something is known to be before them. */
  before: 'message' | 'reply' | null;
}

const NO_IMAGES: readonly ImageRef[] = [];

/** Words that the server has not acknowledged, shown as not yet said: on their way, waiting, or refused. */
export function PendingWords({ entry, before }: PendingWordsProps) {
  const words = useWords();
  const { turnId, content, images = NO_IMAGES, state, error } = entry;
  const mayGo = state === 'waiting' || (state === 'failed' && (!error || isRetryable(error)));
  return (
    <div>
      <UserWords text={content} images={images} faded />
      <div className={styles.state}>
        {state === 'sending' && <span>{words.pending.sending}</span>}
        {state === 'waiting' && (
          <span className={styles.waiting} role="status">
            <Icon name="clock" size={15} />
            {whyWaiting(words, error, before)}
          </span>
        )}
        {state === 'failed' && (
          <span className={styles.failed} role="alert">
            {failureText(words, error ?? { code: 'network' }, 'unsent')}
          </span>
        )}
        {state !== 'sending' && (
          <span className={styles.actions}>
            {mayGo && before !== 'reply' && (
              <button type="button" onClick={() => retrySend(turnId)}>
                <Icon name="retry" size={15} />
                {words.pending[state === 'waiting' ? 'now' : 'retry']}
              </button>
            )}
            <button type="button" onClick={() => editSend(turnId)}>
              {words.pending.edit}
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
