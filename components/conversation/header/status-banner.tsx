import { failureText } from '@/lib/chat/strings/failure-text';
import { type ConversationView, useHealth } from '@/lib/client/hooks';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './status-banner.module.css';

/** Warns above the conversation that the server cannot reach its store, or that the last refresh failed. */
export function StatusBanner({ conversation }: { conversation: ConversationView }) {
  const strings = useStrings();
  const { value: health } = useHealth();
  const { phase, error } = conversation;

  if (health && !health.store.ok) {
    const failure = { code: 'store_unavailable', reason: health.store.reason } as const;
    return <Banner text={failureText(strings, failure, 'tab')} />;
  }
  if (phase === 'ready' && error) return <Banner text={failureText(strings, error, 'history')} />;
  return null;
}

function Banner({ text }: { text: string }) {
  return (
    <p className={styles.banner} role="alert">
      <Icon name="alert" size={16} />
      {text}
    </p>
  );
}
