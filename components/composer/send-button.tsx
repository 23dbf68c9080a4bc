import { Icon } from '../ui/icon';
import { useWords } from '../words';
import styles from './composer.module.css';

interface SendButtonProps {
  replying: boolean;
  /** There are words, and they may go. */
  ready: boolean;
  send: () => void;
  stop: () => void;
}

/** One place for one hand: Send, or Stop while a reply is written. It stays focusable, so that focus is never lost. */
export function SendButton({ replying, ready, send, stop }: SendButtonProps) {
  const { composer } = useWords();
  const label = replying ? composer.stop : composer.send;
  return (
    <button
      type="button"
      className={styles.send}
      aria-label={label}
      title={label}
      aria-disabled={!replying && !ready}
      onClick={replying ? stop : send}
    >
      <Icon name={replying ? 'stop' : 'send'} filled={replying} />
    </button>
  );
}
