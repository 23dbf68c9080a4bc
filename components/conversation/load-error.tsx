import { type Failure, failureText } from '@/lib/chat/strings/failure-text';
import { Icon } from '../ui/icon';
import { useFailureStrings } from '../use-failure-strings';
import styles from './load-error.module.css';

/** Says that the conversation, or the script that shows it, could not be loaded. */
export function LoadError({ failure, retry }: { failure: Failure; retry: () => void }) {
  const strings = useFailureStrings(failure);
  return (
    <div className={styles.error} role="alert">
      <span className={styles.icon}>
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
