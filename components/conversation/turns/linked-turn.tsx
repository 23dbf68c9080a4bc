import { type RefObject, useCallback, useEffect, useState } from 'react';
import { failureText } from '@/lib/chat/strings/failure-text';
import { chooseHead } from '@/lib/client/actions';
import { useTurnIds } from '@/lib/client/hooks';
import { readTurnHash, type TurnLocation } from '@/lib/client/state/turn-link';
import { IconButton } from '../../ui/icon-button';
import { loadFailure } from '../../ui/lazy/lazy-part';
import { useFailureStrings } from '../../use-failure-strings';
import styles from './linked-turn.module.css';
import { showTurn, type TurnsHandle } from './turns-handle';

interface Link {
  sessionId: string;
  turnId: string;
  /** null: the turn is being looked for. */
  location: TurnLocation | null;
}

/** Few visits follow a link, so what opens its turn is loaded for that. */
const open = (sessionId: string, turnId: string): Promise<TurnLocation> =>
  import('@/lib/client/actions/open-turn').then(
    ({ openTurn }) => openTurn(sessionId, turnId),
    () => ({ kind: 'failed', error: loadFailure() }),
  );

interface LinkedTurnProps {
  turns: RefObject<TurnsHandle | null>;
  /** The turns are on screen. They can be loaded before the script that draws them. */
  areDrawn: boolean;
}

/** Opens the turn that the page's address names, and says why if it cannot. */
export function LinkedTurn({ turns, areDrawn }: LinkedTurnProps) {
  const [link, setLink] = useState<Link | null>(null);
  const strings = useFailureStrings(link?.location?.kind === 'failed' ? link.location.error : null);
  const ids = useTurnIds(link?.sessionId ?? null);

  /** Opens the turn, after `first` if given. If another link is followed before this one is done, that one wins. */
  const follow = useCallback(async (sessionId: string, turnId: string, first?: typeof chooseHead) => {
    const next: Link = { sessionId, turnId, location: null };
    setLink(next);
    const done = await first?.(sessionId, turnId);
    const location: TurnLocation =
      done?.ok === false ? { kind: 'failed', error: done.error } : await open(sessionId, turnId);
    setLink((current) => (current === next ? { ...next, location } : current));
  }, []);

  useEffect(() => {
    const read = () => {
      const next = readTurnHash(window.location.hash);
      if (!next) return;
      // Removed from the address, so that a later reload does not jump back to the turn.
      history.replaceState(history.state, '', window.location.pathname + window.location.search);
      void follow(next.sessionId, next.turnId);
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [follow]);

  const location = link?.location;
  const isLoaded = location?.kind === 'shown' && link !== null && ids.includes(link.turnId);
  useEffect(() => {
    if (!isLoaded || !areDrawn || !link || !turns.current) return;
    showTurn(turns.current, link.turnId);
    setLink(null);
  }, [isLoaded, areDrawn, link, turns]);

  if (!link || location?.kind === 'shown') return null;
  if (!location) {
    return (
      <p className={`${styles.note} ${styles.looking}`} role="status">
        {strings.turnLink.looking}
      </p>
    );
  }
  return (
    <div className={styles.note} role="alert">
      <p>
        {location.kind === 'failed'
          ? failureText(strings, location.error, 'history')
          : strings.turnLink[location.kind]}
      </p>
      {location.kind === 'other_version' && (
        <button
          type="button"
          className={styles.action}
          onClick={() => follow(link.sessionId, link.turnId, chooseHead)}
        >
          {strings.turnLink.showVersion}
        </button>
      )}
      {location.kind === 'failed' && (
        <button type="button" className={styles.action} onClick={() => follow(link.sessionId, link.turnId)}>
          {strings.conversation.retry}
        </button>
      )}
      <IconButton icon="close" label={strings.toasts.dismiss} size="small" onClick={() => setLink(null)} />
    </div>
  );
}
