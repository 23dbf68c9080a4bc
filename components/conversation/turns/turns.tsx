import { type MouseEvent, type Ref, useEffect, useImperativeHandle, useState } from 'react';
import { createPortal } from 'react-dom';
import { type ConversationView, readTurn, useContextStart, usePending, useTurnIds } from '@/lib/client/hooks';
import { onBeforePrint } from '../../ui/before-print';
import type { AssistantView } from '../../use-assistants';
import { useStrings } from '../../use-strings';
import { JumpButton } from '../scroll/jump-button';
import { savedPosition } from '../scroll/saved-positions';
import { useScrollPin } from '../scroll/use-scroll-pin';
import viewStyles from '../view.module.css';
import { DrawnTurns } from './drawn-turns';
import { fillWindow, guessHeight } from './fill-window';
import { linkTarget } from './link-target';
import { LoadOlder } from './load-older';
import { PendingList } from './pending-list';
import { turnElement } from './turn-element';
import { TurnSlot } from './turn-slot';
import { focusAfterScroll, type TurnsHandle } from './turns-handle';
import { useCopySelection } from './use-copy-selection';
import { useHeldSwitch } from './use-held-switch';
import { useRestoredFocus } from './use-restored-focus';

interface TurnsProps {
  assistant: AssistantView;
  conversation: ConversationView;
  sessionId: string;
  jumpContainer: HTMLElement | null;
  handle: Ref<TurnsHandle>;
}

/** The turns of a conversation in a scrolling window, with what was sent and is not acknowledged yet. */
export function Turns({ assistant, conversation, sessionId, jumpContainer, handle }: TurnsProps) {
  const strings = useStrings();
  const ids = useTurnIds(sessionId);
  const unsent = usePending(sessionId);
  // Continuing a reply sends no new message, so nothing is shown as pending.
  const pending = unsent.filter(
    ({ state, continueFrom }) => state !== 'sending' || continueFrom === undefined,
  );
  const contextStart = useContextStart(sessionId);
  const [drawnTurns] = useState(() => new DrawnTurns(firstDrawn(sessionId, ids)));
  const { scroller, column, position, jump, scrollTo, hold, anchorTo, handlers } = useScrollPin(
    sessionId,
    ids,
  );
  const { successor, onClickCapture } = useHeldSwitch(ids, scroller, hold);
  const startDrawn = [...justAbove(drawnTurns, ids), successor];

  useRestoredFocus(scroller, column, ids);
  useCopySelection();

  useEffect(() => onBeforePrint(() => drawnTurns.draw(ids)), [ids, drawnTurns]);

  const followLink = (event: MouseEvent) => {
    const target = linkTarget(event.nativeEvent);
    if (target === undefined) return;
    event.preventDefault();
    if (target) focusAfterScroll(target, () => scrollTo(target, 0.2));
  };

  useImperativeHandle(
    handle,
    () => ({
      sessionId,
      column: () => column.current,
      draw(turnId) {
        drawnTurns.draw(around(sessionId, ids, ids.indexOf(turnId)));
        return ids.includes(turnId) ? turnElement(turnId) : null;
      },
      scrollTo,
    }),
    [sessionId, ids, drawnTurns, scrollTo, column],
  );

  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link is followed by a click, whatever made it. */}
      <section
        ref={scroller}
        className={viewStyles.view}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        tabIndex={0}
        data-window
        aria-label={strings.conversation.label(assistant.name)}
        {...handlers}
        onClick={followLink}
        onClickCapture={(event) => {
          onClickCapture(event);
          // What opens or closes under a button would otherwise move the button of a view that follows the end.
          const toggle = event.target instanceof Element ? event.target.closest(TOGGLES) : null;
          if (toggle && conversation.activeTurnId === null) anchorTo(toggle);
        }}
      >
        <div className={viewStyles.column}>
          {conversation.hasOlder && (
            <LoadOlder sessionId={sessionId} state={conversation.older} scroller={scroller} />
          )}
          <div ref={column}>
            {ids.map((id) => (
              <TurnSlot
                key={id}
                drawnTurns={drawnTurns}
                startsDrawn={startDrawn.includes(id)}
                startsContext={id === contextStart}
                sessionId={sessionId}
                turnId={id}
                name={assistant.name}
                icon={assistant.icon}
                isBusy={conversation.activeTurnId !== null}
                isLast={id === ids.at(-1)}
              />
            ))}
            <PendingList pending={pending} isReplying={conversation.activeTurnId !== null} />
          </div>
        </div>
      </section>
      {position !== 'end' &&
        jumpContainer &&
        createPortal(
          <JumpButton hasUnseen={position === 'unseen'} jump={() => jump('smooth')} />,
          jumpContainer,
        )}
    </>
  );
}

/** What opens, closes or reflows a part of a turn, but no menu. */
const TOGGLES = 'summary, button[aria-expanded]:not([aria-haspopup]), button[aria-pressed]';

/** The first of these turns, in their order, that fill this many windows. */
function filling(sessionId: string, ids: readonly string[], windows: number): string[] {
  return fillWindow(ids, { height: innerHeight, windows }, (id) => {
    const turn = readTurn(sessionId, id);
    return guessHeight(turn ? `${turn.user.content}\n${turn.reply.content}` : '', innerWidth);
  });
}

/** The turns that are drawn before the first paint: the last ones, and those around the saved scroll position. */
function firstDrawn(sessionId: string, ids: readonly string[]): string[] {
  const saved = savedPosition(sessionId)?.top;
  const index = saved ? ids.indexOf(saved.turnId) : -1;
  return [...around(sessionId, ids, index), ...filling(sessionId, ids.toReversed(), 1.2)];
}

/** How many of the older turns that were just loaded may show at the upper edge of the window. */
const JUST_ABOVE = 3;

/** The turns just above those on the page, after older ones were loaded. They may be seen at once, so they start drawn. */
function justAbove(drawnTurns: DrawnTurns, ids: readonly string[]): readonly string[] {
  const oldestOnPage = ids.findIndex((id) => drawnTurns.isOnPage(id));
  return ids.slice(Math.max(0, oldestOnPage - JUST_ABOVE), Math.max(0, oldestOnPage));
}

/** This turn and those after it that fill the window, and the turns just above it: drawn later, they would move it. */
function around(sessionId: string, ids: readonly string[], index: number): string[] {
  if (index < 0) return [];
  const above = ids.slice(0, index).toReversed();
  return [...filling(sessionId, above, 2), ...filling(sessionId, ids.slice(index), 1.2)];
}
