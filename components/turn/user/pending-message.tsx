import { failureText, type Kept } from '@/lib/chat/strings/failure-text';
import { nextUtcDay } from '@/lib/chat/strings/format';
import type { Strings } from '@/lib/chat/strings/strings';
import type { ImageRef } from '@/lib/chat/turn';
import { discardSend, editSend, retrySend } from '@/lib/client/actions';
import { useStorageRefused } from '@/lib/client/hooks';
import { isRetryable } from '@/lib/client/http/client-error';
import type { OutboxEntry } from '@/lib/client/state/outbox-entry';
import { focusComposerAfter } from '../../composer/composer-focus';
import { Icon } from '../../ui/icon';
import { useFailureStrings } from '../../use-failure-strings';
import styles from './pending-message.module.css';
import { UserMessage } from './user-message';

interface PendingMessageProps {
  entry: OutboxEntry;
  /** What must be sent or finished before this message; null: nothing. */
  before: 'message' | 'reply' | null;
}

const NO_IMAGES: readonly ImageRef[] = [];

/** A message that the server has not acknowledged: being sent, waiting, or refused. */
export function PendingMessage({ entry, before }: PendingMessageProps) {
  const strings = useFailureStrings(entry.error);
  const kept = useStorageRefused() ? 'tab' : 'unsent';
  const { turnId, content, images = NO_IMAGES, state, error } = entry;
  const canRetry = state === 'waiting' || (state === 'failed' && (!error || isRetryable(error)));
  return (
    <div>
      <UserMessage text={content} images={images} isFaded />
      <div className={styles.state}>
        {state === 'sending' && <span>{strings.pending.sending}</span>}
        {state === 'waiting' && (
          <span className={styles.waiting} role="status">
            <Icon name="clock" size={15} />
            {waitingText(strings, entry, before, kept)}
          </span>
        )}
        {state === 'failed' && (
          <span className={styles.failed} role="alert">
            {failureText(strings, error ?? { code: 'network' }, kept)}
          </span>
        )}
        {state !== 'sending' && (
          <span className={styles.actions}>
            {canRetry && before !== 'reply' && (
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

/** Why the message has not been sent yet, and when it will be sent automatically. */
function waitingText(
  strings: Strings,
  { error, createdAt }: OutboxEntry,
  before: PendingMessageProps['before'],
  kept: Kept,
): string {
  const { pending } = strings;
  if (before) return pending.after[before];
  switch (error?.code) {
    case 'offline':
      return pending.offline;
    case 'network':
      return error.reason ? failureText(strings, error, kept) : pending.network;
    case 'store_unavailable':
      // It stays until it reaches an instance that has the conversation, or the page is reloaded.
      return error.reason === 'gone' ? failureText(strings, error, kept) : pending.store;
    case 'shutting_down':
      return pending.restarting;
    case 'paused':
      return pending.paused;
    case 'turn_in_progress':
      return pending.after.reply;
    case 'rate_limited':
      if (error.reason === 'replies' || error.reason === 'address') return pending[error.reason];
      return pending.rateLimited;
    case 'quota_exceeded':
      // The local time of midnight in UTC, which is the same on every day.
      return pending[error.reason === 'cost' ? 'cost' : 'tokens'](nextUtcDay(createdAt));
    default:
      return pending.waiting;
  }
}
