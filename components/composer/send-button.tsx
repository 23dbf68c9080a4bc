import { useLayoutEffect, useRef } from 'react';
import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import styles from './composer.module.css';
import { focusComposer } from './composer-focus';

interface SendButtonProps {
  replying: boolean;
  /** Something is written or attached. */
  hasWords: boolean;
  /** It may go. */
  ready: boolean;
  send: () => void;
  stop: () => void;
}

/**
 * One place for one hand: Send, or Stop while a reply is written. With words in the composer they can be sent to wait
 * for its end, and Stop stands beside. The place stays focusable, so that focus is never lost.
 */
export function SendButton({ replying, hasWords, ready, send, stop }: SendButtonProps) {
  const { composer } = useStrings();
  const stops = replying && !hasWords;
  const label = stops ? composer.stop : composer.send;
  return (
    <>
      {replying && hasWords && <StopBeside stop={stop} />}
      <button
        type="button"
        className={styles.send}
        aria-label={label}
        title={replying && hasWords ? composer.sendAfterReply : label}
        aria-disabled={!stops && !ready}
        onClick={stops ? stop : send}
      >
        <Icon name={stops ? 'stop' : 'send'} filled={stops} />
      </button>
    </>
  );
}

/** It goes when the reply ends: the focus, if it is there, goes back to the words. */
function StopBeside({ stop }: { stop: () => void }) {
  const { composer } = useStrings();
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const { current } = button;
    return () => {
      if (current && document.activeElement === current) focusComposer();
    };
  }, []);
  return (
    <button
      ref={button}
      type="button"
      className={`${styles.send} ${styles.beside}`}
      aria-label={composer.stop}
      title={composer.stop}
      onClick={stop}
    >
      <Icon name="stop" filled />
    </button>
  );
}
