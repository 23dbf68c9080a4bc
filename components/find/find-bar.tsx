import { type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { loadOlder } from '@/lib/client/actions';
import type { ConversationView } from '@/lib/client/hooks';
import { focusComposer } from '../composer/composer-focus';
import type { TurnsHandle } from '../conversation/turns/turns-handle';
import { IconButton } from '../ui/icon-button';
import { useOverlayStrings } from '../use-overlay-strings';
import { useStrings } from '../use-strings';
import styles from './find-bar.module.css';
import { findPattern } from './find-pattern';
import { type Match, matchAt, positionOf, totalOf } from './match-list';
import { useHighlights } from './use-highlights';
import { useMatches } from './use-matches';

interface FindBarProps {
  conversation: ConversationView;
  turns: RefObject<TurnsHandle | null>;
  /** What was typed while the bar loaded. */
  initialQuery: string;
  close: () => void;
}

/** Searches the conversation on screen from its end upwards, including the turns that are not loaded yet. */
export function FindBar({ conversation, turns, initialQuery, close }: FindBarProps) {
  const label = useStrings().find.label;
  const strings = useOverlayStrings().find;
  const [query, setQuery] = useState(initialQuery);
  const [chosen, setChosen] = useState<Match | null>(null);
  const deferred = useDeferredValue(query);
  const pattern = useMemo(() => findPattern(deferred), [deferred]);
  const { matches, searched } = useMatches(conversation, pattern);
  const total = totalOf(matches);
  const position = Math.max(0, positionOf(matches, chosen));
  const match = useMemo(() => matchAt(matches, position), [matches, position]);
  useHighlights(turns, pattern, match);

  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      else focusComposer({ preventScroll: true });
    };
  }, []);

  const go = (step: number) => setChosen(matchAt(matches, position + step));
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === field.current) go(event.shiftKey ? 1 : -1);
    else return;
    // Escape closes the bar here; the page's own shortcut would stop the reply.
    event.preventDefault();
  };

  const { sessionId, hasOlder, older } = conversation;
  const count =
    total > 0 ? strings.position(total - position, total) : hasOlder ? strings.noneYet : strings.none;
  return (
    <search className={styles.bar} onKeyDown={onKeyDown}>
      <input
        ref={field}
        type="text"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        value={query}
        onChange={({ target }) => setQuery(target.value)}
      />
      <IconButton
        icon="chevron-up"
        label={strings.earlier}
        size="small"
        disabled={total === 0}
        onClick={() => go(1)}
      />
      <IconButton
        icon="chevron-down"
        label={strings.later}
        size="small"
        disabled={total === 0}
        onClick={() => go(-1)}
      />
      <IconButton icon="close" label={strings.close} size="small" onClick={close} />
      {pattern && (
        <p className={styles.state} role="status">
          <span>{count}</span>
          {hasOlder && older !== 'failed' && <span>{strings.searching(searched, conversation.total)}</span>}
          {hasOlder && older === 'failed' && (
            <span>
              {strings.failed(searched, conversation.total)}{' '}
              <button type="button" onClick={() => sessionId && loadOlder(sessionId, 'large')}>
                {strings.continue}
              </button>
            </span>
          )}
        </p>
      )}
    </search>
  );
}
