import { type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type ConversationView, readTurn, useContextStart, usePending, useTurnIds } from '@/lib/client/hooks';
import type { AssistantView } from '../../use-assistants';
import { useStrings } from '../../use-strings';
import { JumpButton } from '../scroll/jump-button';
import { leftPlace } from '../scroll/saved-positions';
import { useScrollPin } from '../scroll/use-scroll-pin';
import styles from '../view.module.css';
import { NearTurns } from './drawn-turns';
import { fillWindow, guessHeight } from './fill-window';
import { Older } from './load-older';
import { PendingList } from './pending-list';
import { turnElement } from './turn-element';
import { TurnPlace } from './turn-slot';
import type { TurnsHandle } from './turns-handle';
import { useKeptFocus } from './use-restored-focus';

interface TurnsProps {
  assistant: AssistantView;
  conversation: ConversationView;
  sessionId: string;
  jumpPlace: HTMLElement | null;
  handle: Ref<TurnsHandle>;
}

export function Turns({ assistant, conversation, sessionId, jumpPlace, handle }: TurnsProps) {
  const strings = useStrings();
  const ids = useTurnIds(sessionId);
  const unsent = usePending(sessionId);
  // A reply that goes on has its place already: nothing is said anew.
  const pending = unsent.filter(
    ({ state, continueFrom }) => state !== 'sending' || continueFrom === undefined,
  );
  const contextStart = useContextStart(sessionId);
  const [near] = useState(() => new NearTurns(firstDrawn(sessionId, ids)));
  const oldest = useRef(ids[0]);
  useLayoutEffect(() => {
    near.reveal(justAbove(ids, oldest.current));
    oldest.current = ids[0];
  }, [near, ids]);
  const { scroller, column, away, jump, hold, handlers } = useScrollPin(sessionId, ids);

  useKeptFocus(scroller, column, ids);

  useImperativeHandle(
    handle,
    () => ({
      sessionId,
      column: () => column.current,
      draw(turnId) {
        near.add(around(sessionId, ids, ids.indexOf(turnId)));
        return ids.includes(turnId) ? turnElement(turnId) : null;
      },
      hold,
    }),
    [sessionId, ids, near, hold, column],
  );

  return (
    <>
      <section
        ref={scroller}
        className={styles.view}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        tabIndex={0}
        data-window
        aria-label={strings.conversation.label(assistant.name)}
        {...handlers}
      >
        <div className={styles.column}>
          {conversation.hasOlder && (
            <Older sessionId={sessionId} state={conversation.older} root={scroller} />
          )}
          <div ref={column}>
            {ids.map((id) => (
              <TurnPlace
                key={id}
                near={near}
                startsContext={id === contextStart}
                sessionId={sessionId}
                turnId={id}
                name={assistant.name}
                icon={assistant.icon}
                busy={conversation.activeTurnId !== null}
                last={id === ids.at(-1)}
              />
            ))}
            <PendingList pending={pending} replying={conversation.activeTurnId !== null} />
          </div>
        </div>
      </section>
      {away !== 'no' &&
        jumpPlace &&
        createPortal(<JumpButton news={away === 'news'} jump={() => jump('smooth')} />, jumpPlace)}
    </>
  );
}

/** Of these turns, in their order, those that fill so many windows. */
function filling(sessionId: string, ids: readonly string[], windows: number): string[] {
  return fillWindow(ids, { height: innerHeight, windows }, (id) => {
    const turn = readTurn(sessionId, id);
    return guessHeight(turn ? `${turn.user.content}\n${turn.reply.content}` : '', innerWidth);
  });
}

/** What is drawn before the first paint: around where the reader left the conversation, and its end. */
function firstDrawn(sessionId: string, ids: readonly string[]): string[] {
  const left = leftPlace(sessionId);
  const at = left?.held ? ids.indexOf(left.held.turnId) : -1;
  return [...around(sessionId, ids, at), ...filling(sessionId, ids.toReversed(), 1.2)];
}

/** Of older turns that came, those whose end may be seen at the upper edge: not first as bare words, then in full. */
function justAbove(ids: readonly string[], oldest: string | undefined): readonly string[] {
  const at = oldest === undefined ? -1 : ids.indexOf(oldest);
  return ids.slice(Math.max(0, at - 3), Math.max(0, at));
}

/** The turns from this one on, and those above it that count as near: drawn later, they would push it about. */
function around(sessionId: string, ids: readonly string[], at: number): string[] {
  if (at < 0) return [];
  const above = ids.slice(0, at).toReversed();
  return [...filling(sessionId, above, 2), ...filling(sessionId, ids.slice(at), 1.2)];
}
