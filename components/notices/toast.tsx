import { useEffect, useEffectEvent, useRef } from 'react';
import { IconButton } from '../ui/icon-button';
import { useStrings } from '../use-strings';
import styles from './toast.module.css';

/** How long a toast stays. Undo itself works for 10 minutes on the server. */
const SHOWN_MS = 10_000;
/** The same for a toast that only confirms. */
const BRIEF_MS = 3000;

interface ToastProps {
  text: string;
  undo?: () => void;
  dismiss: () => void;
  /** Screen readers announce it at once. */
  isUrgent?: boolean;
  isBrief?: boolean;
}

/** A notice, with an optional Undo. It disappears on its own, but not while it is hovered or focused. */
export function Toast({ text, undo, dismiss, isUrgent = false, isBrief = false }: ToastProps) {
  const { toasts } = useStrings();
  const toast = useRef<HTMLDivElement>(null);
  const expire = useEffectEvent(dismiss);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const go = () => {
      if (toast.current?.matches(':hover, :focus-within')) timer = setTimeout(go, 1000);
      else expire();
    };
    timer = setTimeout(go, isBrief ? BRIEF_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isBrief]);

  return (
    <div ref={toast} className={styles.toast} role={isUrgent ? 'alert' : 'status'}>
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
