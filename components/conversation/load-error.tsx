import { type Failure, failureText } from '@/lib/chat/strings/failure-text';
import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import styles from './load-error.module.css';

/** A read that failed. Never the welcome: that would say that there is nothing. */
export function Unreadable({ failure, retry }: { failure: Failure; retry: () => void }) {
  const strings = useStrings();
  return (
    <div className={styles.unreadable} role="alert">
      <span className={styles.face}>
        <Icon name="alert" size={30} />
      </span>
      <h2>{strings.conversation.loadFailed}</h2>
      <p>{failureText(strings, failure, 'history')}</p>
      <button type="button" onClick={retry}>
        <Icon name="retry" size={17} />
        {strings.conversation.retry}
      </button>
    </div>
  );
}
