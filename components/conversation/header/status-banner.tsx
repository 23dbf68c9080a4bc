import { type ReactNode, useState } from 'react';
import { failureText } from '@/lib/chat/strings/failure-text';
import { type ConversationView, useHealth, useJoinable, useRefusal } from '@/lib/client/hooks';
import { useNotices } from '../../notices/notices';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './status-banner.module.css';

/** Warns above the conversation that the server no longer knows this browser or cannot reach its store, or that the last refresh failed. */
export function StatusBanner({ conversation }: { conversation: ConversationView }) {
  const strings = useStrings();
  const { value: health } = useHealth();
  const refusal = useRefusal();
  const { phase, error } = conversation;

  if (refusal)
    return (
      <Banner text={failureText(strings, refusal, 'drafts')}>
        <button type="button" onClick={() => location.reload()}>
          {strings.pages.reload}
        </button>
      </Banner>
    );
  if (health && !health.store.ok) {
    const failure = { code: 'store_unavailable', reason: health.store.reason } as const;
    return <Banner text={failureText(strings, failure, 'tab')} />;
  }
  if (phase === 'ready' && error) return <Banner text={failureText(strings, error, 'history')} />;
  return <JoinOffer />;
}

/** Asks whether what this browser had as a guest belongs to the account that has signed in. */
function JoinOffer() {
  const { conversation } = useStrings();
  const { report } = useNotices();
  const total = useJoinable();
  const [isLater, setLater] = useState(false);
  if (total === 0 || isLater) return null;
  const join = async () => {
    const { guestActions } = await import('@/lib/client/actions/guest-actions');
    const result = await guestActions.joinGuest();
    report(Promise.resolve(result));
    if (result.ok) location.reload();
  };
  return (
    <div className={`${styles.banner} ${styles.offer}`} role="status">
      {conversation.joinOffer(total)}
      <button type="button" onClick={() => void join()}>
        {conversation.join}
      </button>
      <button type="button" onClick={() => setLater(true)}>
        {conversation.joinLater}
      </button>
    </div>
  );
}

function Banner({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <p className={styles.banner} role="alert">
      <Icon name="alert" size={16} />
      {text}
      {children}
    </p>
  );
}
