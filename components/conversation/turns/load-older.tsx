import { type RefObject, useEffect, useRef } from 'react';
import { loadOlder } from '@/lib/client/actions';
import type { ConversationView } from '@/lib/client/hooks';
import { useStrings } from '../../use-strings';
import styles from './turns.module.css';

interface LoadOlderProps {
  sessionId: string;
  state: ConversationView['older'];
  scroller: RefObject<HTMLElement | null>;
}

/** Loads the page of older turns before the reader gets to its end. The button is for when that has failed. */
export function LoadOlder({ sessionId, state, scroller }: LoadOlderProps) {
  const { conversation } = useStrings();
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!element.current || state !== 'idle') return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void loadOlder(sessionId);
      },
      { root: scroller.current, rootMargin: '600px 0px 0px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [sessionId, state, scroller]);

  return (
    <div ref={element} className={styles.older} aria-busy={state === 'loading'}>
      <button type="button" disabled={state === 'loading'} onClick={() => loadOlder(sessionId)}>
        {state === 'loading' ? conversation.loadingEarlier : conversation.showEarlier}
      </button>
    </div>
  );
}
