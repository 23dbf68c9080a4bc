import { useEffect, useEffectEvent, useRef } from 'react';
import { IconButton } from '../ui/icon-button';
import { useStrings } from '../use-strings';
import styles from './toast.module.css';

/** How long a toast stays; the undo itself holds for 10 minutes on the server. */
const SHOWN_MS = 10_000;
/** Of one that only says that something was done. */
const BRIEF_MS = 3000;

interface ToastProps {
  text: string;
  undo?: () => void;
  dismiss: () => void;
  /** Read out at once. */
  urgent?: boolean;
  brief?: boolean;
}

/** Says what was done, and offers to take it back. Goes by itself, but not while somebody points at it or is in it. */
export function Toast({ text, undo, dismiss, urgent = false, brief = false }: ToastProps) {
  const { toasts } = useStrings();
  const place = useRef<HTMLDivElement>(null);
  const expire = useEffectEvent(dismiss);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const go = () => {
      if (place.current?.matches(':hover, :focus-within')) timer = setTimeout(go, 1000);
      else expire();
    };
    timer = setTimeout(go, brief ? BRIEF_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [brief]);

  return (
    <div ref={place} className={styles.toast} role={urgent ? 'alert' : 'status'}>
      <p>{text}</p>
      {undo && (
        <button type="button" className={styles.undo} onClick={undo}>
          {toasts.undo}
        </button>
      )}
      <IconButton icon="close" label={toasts.dismiss} size="small" onClick={dismiss} />
    </div>
  );
}
