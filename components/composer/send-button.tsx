import { useLayoutEffect, useRef } from 'react';
import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import styles from './composer.module.css';
import { focusComposer } from './composer-focus';

interface SendButtonProps {
  isReplying: boolean;
  /** Something is typed or attached. */
  hasMessage: boolean;
  canSend: boolean;
  send: () => void;
  stop: () => void;
}

/**
 * Send, or Stop while a reply is running. With a message in the composer, both: the message is then sent after the reply.
 * A button that can do nothing is only `aria-disabled`, so that it does not lose the focus.
 */
export function SendButton({ isReplying, hasMessage, canSend, send, stop }: SendButtonProps) {
  const { composer } = useStrings();
  const stops = isReplying && !hasMessage;
  const label = stops ? composer.stop : composer.send;
  return (
    <>
      {isReplying && hasMessage && <SeparateStopButton stop={stop} />}
      <button
        type="button"
        className={styles.send}
        aria-label={label}
        title={isReplying && hasMessage ? composer.sendAfterReply : label}
        aria-disabled={!stops && !canSend}
        onClick={stops ? stop : send}
      >
        <Icon name={stops ? 'stop' : 'send'} isFilled={stops} />
      </button>
    </>
  );
}

/** The second button. It disappears when the reply ends, and then hands its focus to the text field. */
function SeparateStopButton({ stop }: { stop: () => void }) {
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
      className={`${styles.send} ${styles.separate}`}
      aria-label={composer.stop}
      title={composer.stop}
      onClick={stop}
    >
      <Icon name="stop" isFilled />
    </button>
  );
}
