import { type Failure, failureText } from '@/lib/chat/words/failure-text';
import { Icon } from '../ui/icon';
import { useWords } from '../words';
import styles from './unreadable.module.css';

/** A read that failed. Never the welcome: that would say that there is nothing. */
export function Unreadable({ failure, retry }: { failure: Failure; retry: () => void }) {
  const words = useWords();
  return (
    <div className={styles.unreadable} role="alert">
      <span className={styles.face}>
        <Icon name="alert" size={30} />
      </span>
      <h2>{words.conversation.unreadable}</h2>
      <p>{failureText(words, failure, 'history')}</p>
      <button type="button" onClick={retry}>
        <Icon name="retry" size={17} />
        {words.conversation.retry}
      </button>
    </div>
  );
}
