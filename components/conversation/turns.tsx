import { type RefObject, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { type ConversationView, useMemoryStart, usePending, useTurnIds } from '@/lib/client/hooks';
import type { AssistantView } from '../assistants';
import { MemoryLine } from '../turn/memory-line';
import { PendingWords } from '../turn/pending-words';
import { TurnItem } from '../turn/turn-item';
import { useWords } from '../words';
import { JumpButton } from './jump-button';
import { Older } from './older';
import { useScrollPin } from './use-scroll-pin';
import styles from './view.module.css';

interface TurnsProps {
  assistant: AssistantView;
  conversation: ConversationView;
  sessionId: string;
  jumpPlace: RefObject<HTMLElement | null>;
}

export function Turns({ assistant, conversation, sessionId, jumpPlace }: TurnsProps) {
  const words = useWords();
  const ids = useTurnIds(sessionId);
  const pending = usePending(sessionId);
  const memoryStart = useMemoryStart(sessionId);
  const { scroller, column, away, jump, handlers } = useScrollPin(sessionId, ids);

  // What a person says is shown, wherever they had scrolled to.
  const newest = pending.findLast(({ state }) => state !== 'failed')?.turnId;
  useEffect(() => {
    if (newest) jump('instant');
  }, [newest, jump]);

  const reply = conversation.activeTurnId === null ? null : 'reply';
  const first = pending.find(({ state }) => state !== 'failed')?.turnId;

  return (
    <>
      <section
        ref={scroller}
        className={styles.view}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        tabIndex={0}
        aria-label={words.conversation.label(assistant.name)}
        {...handlers}
      >
        <div ref={column} className={styles.column}>
          {conversation.hasOlder && (
            <Older sessionId={sessionId} state={conversation.older} root={scroller} />
          )}
          {ids.map((id) => (
            <div key={id} className={styles.turn}>
              {id === memoryStart && <MemoryLine />}
              <TurnItem
                sessionId={sessionId}
                turnId={id}
                name={assistant.name}
                icon={assistant.icon}
                busy={conversation.activeTurnId !== null}
                last={id === ids.at(-1)}
              />
            </div>
          ))}
          {pending.map((entry) => (
            <div key={entry.turnId} className={styles.pending}>
              <PendingWords entry={entry} before={entry.turnId === first ? reply : 'message'} />
            </div>
          ))}
        </div>
      </section>
      {away &&
        jumpPlace.current &&
        createPortal(<JumpButton jump={() => jump('smooth')} />, jumpPlace.current)}
    </>
  );
}
