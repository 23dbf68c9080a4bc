import { failureText } from '@/lib/chat/strings/failure-text';
import type { ImageRef } from '@/lib/chat/turn';
import { discardSend, editSend, retrySend } from '@/lib/client/actions';
import { isRetryable } from '@/lib/client/http/client-error';
import type { PendingSend } from '@/lib/client/state/pending-send';
import { focusComposerAfter } from '../composer/composer-focus';
import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import styles from './pending-words.module.css';
import { UserWords } from './user-words';
import { whyWaiting } from './why-waiting';

interface PendingWordsProps {
  entry: PendingSend;
  /** What these words go out after, if something is known to be before them. */
  before: 'message' | 'reply' | null;
}

const NO_IMAGES: readonly ImageRef[] = [];

/** Strings that the server has not acknowledged, shown as not yet said: on their way, waiting, or refused. */
export function PendingWords({ entry, before }: PendingWordsProps) {
  const strings = useStrings();
  const { turnId, content, images = NO_IMAGES, state, error } = entry;
  const mayGo = state === 'waiting' || (state === 'failed' && (!error || isRetryable(error)));
  return (
    <div>
      <UserWords text={content} images={images} faded />
      <div className={styles.state}>
        {state === 'sending' && <span>{strings.pending.sending}</span>}
        {state === 'waiting' && (
          <span className={styles.waiting} role="status">
            <Icon name="clock" size={15} />
            {whyWaiting(strings, error, before)}
          </span>
        )}
        {state === 'failed' && (
          <span className={styles.failed} role="alert">
            {failureText(strings, error ?? { code: 'network' }, 'unsent')}
          </span>
        )}
        {state !== 'sending' && (
          <span className={styles.actions}>
            {mayGo && before !== 'reply' && (
              <button type="button" onClick={() => retrySend(turnId)}>
                <Icon name="retry" size={15} />
                {strings.pending[state === 'waiting' ? 'sendNow' : 'retry']}
              </button>
            )}
            <button type="button" onClick={() => focusComposerAfter(() => editSend(turnId))}>
              {strings.pending.edit}
            </button>
            <button type="button" onClick={() => discardSend(turnId)}>
              {strings.pending.discard}
            </button>
          </span>
        )}
      </div>
    </div>
  );
}
