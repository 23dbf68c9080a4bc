import { type RefObject, useCallback, useEffect, useState } from 'react';
import { failureText } from '@/lib/chat/strings/failure-text';
import { chooseHead, openTurn } from '@/lib/client/actions';
import { useTurnIds } from '@/lib/client/hooks';
import { readTurnHash, type TurnLocation } from '@/lib/client/state/turn-link';
import { IconButton } from '../../ui/icon-button';
import { useStrings } from '../../use-strings';
import styles from './linked-turn.module.css';
import { showTurn, type TurnsHandle } from './turns-handle';

interface Link {
  sessionId: string;
  turnId: string;
  /** null: it is being looked for. */
  place: TurnLocation | null;
}

interface LinkedTurnProps {
  turns: RefObject<TurnsHandle | null>;
  /** They are on the screen: what shows them may come later than what they say. */
  shown: boolean;
}

/** Opens the turn that the address names, and says so where it cannot. */
export function LinkedTurn({ turns, shown }: LinkedTurnProps) {
  const strings = useStrings();
  const [link, setLink] = useState<Link | null>(null);
  const ids = useTurnIds(link?.sessionId ?? null);

  /** Follows a link; `first`: what has to be done before. A link that was followed since wins. */
  const follow = useCallback(async (sessionId: string, turnId: string, first?: typeof chooseHead) => {
    const next: Link = { sessionId, turnId, place: null };
    setLink(next);
    const done = await first?.(sessionId, turnId);
    const place: TurnLocation =
      done?.ok === false ? { kind: 'failed', error: done.error } : await openTurn(sessionId, turnId);
    setLink((current) => (current === next ? { ...next, place } : current));
  }, []);

  useEffect(() => {
    const read = () => {
      const next = readTurnHash(location.hash);
      if (!next) return;
      // The link has done its work: a reload later is where the reader is by then.
      history.replaceState(history.state, '', location.pathname + location.search);
      void follow(next.sessionId, next.turnId);
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [follow]);

  const place = link?.place;
  const isHere = place?.kind === 'shown' && link !== null && ids.includes(link.turnId);
  useEffect(() => {
    if (!isHere || !shown || !link || !turns.current) return;
    showTurn(turns.current, link.turnId);
    setLink(null);
  }, [isHere, shown, link, turns]);

  if (!link || place?.kind === 'shown') return null;
  if (!place) {
    return (
      <p className={`${styles.note} ${styles.looking}`} role="status">
        {strings.turnLink.looking}
      </p>
    );
  }
  return (
    <div className={styles.note} role="alert">
      <p>
        {place.kind === 'failed'
          ? failureText(strings, place.error, 'history')
          : strings.turnLink[place.kind]}
      </p>
      {place.kind === 'other_version' && (
        <button
          type="button"
          className={styles.act}
          onClick={() => follow(link.sessionId, link.turnId, chooseHead)}
        >
          {strings.turnLink.showVersion}
        </button>
      )}
      {place.kind === 'failed' && (
        <button type="button" className={styles.act} onClick={() => follow(link.sessionId, link.turnId)}>
          {strings.conversation.retry}
        </button>
      )}
      <IconButton icon="close" label={strings.toasts.dismiss} size="small" onClick={() => setLink(null)} />
    </div>
  );
}
