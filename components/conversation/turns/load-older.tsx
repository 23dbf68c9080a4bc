import { type RefObject, useEffect, useRef } from 'react';
import { loadOlder } from '@/lib/client/actions';
import type { ConversationView } from '@/lib/client/hooks';
import { useStrings } from '../../use-strings';
import styles from '../view.module.css';

interface OlderProps {
  sessionId: string;
  state: ConversationView['older'];
  root: RefObject<HTMLElement | null>;
}

/** The way up: the next older page is read before the reader reaches it. The button is for when that failed. */
export function Older({ sessionId, state, root }: OlderProps) {
  const { conversation } = useStrings();
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!place.current || state !== 'idle') return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void loadOlder(sessionId);
      },
      { root: root.current, rootMargin: '600px 0px 0px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [sessionId, state, root]);

  return (
    <div ref={place} className={styles.older} aria-busy={state === 'loading'}>
      <button type="button" disabled={state === 'loading'} onClick={() => loadOlder(sessionId)}>
        {state === 'loading' ? conversation.loadingEarlier : conversation.showEarlier}
      </button>
    </div>
  );
}
