import { useEffect, useRef } from 'react';
import { IconButton } from '../ui/icon-button';
import { useWords } from '../words';
import styles from './toast.module.css';

/** How long a toast stays; the undo itself holds for 10 minutes on the server. */
const SHOWN_MS = 10_000;

interface ToastProps {
  text: string;
  undo?: () => void;
  dismiss: () => void;
  /** Read out at once. */
  urgent?: boolean;
}

/** Says what was done, and offers to take it back. Goes by itself, but not while somebody points at it or is in it. */
export function Toast({ text, undo, dismiss, urgent = false }: ToastProps) {
  const { toast } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(dismiss);
  useEffect(() => {
    latest.current = dismiss;
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const go = () => {
      if (place.current?.matches(':hover, :focus-within')) timer = setTimeout(go, 1000);
      else latest.current();
    };
    timer = setTimeout(go, SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <div ref={place} className={styles.toast} role={urgent ? 'alert' : 'status'}>
      <p>{text}</p>
      {undo && (
        <button type="button" className={styles.undo} onClick={undo}>
          {toast.undo}
        </button>
      )}
      <IconButton icon="close" label={toast.dismiss} size="small" onClick={dismiss} />
    </div>
  );
}
