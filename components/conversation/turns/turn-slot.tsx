import { type ComponentProps, memo, useEffect, useRef, useState } from 'react';
import { ContextStartLine } from '../../turn/context-start-line';
import { TurnItem } from '../../turn/turn-item';
import type { DrawnTurns } from './drawn-turns';
import { PlainTurn } from './plain-turn';
import { turnElementId } from './turn-element';
import styles from './turns.module.css';

interface TurnSlotProps extends ComponentProps<typeof TurnItem> {
  drawnTurns: DrawnTurns;
  /** Draws the turn in full from its first render on. */
  startsDrawn: boolean;
  /** The model's context starts with this turn. */
  startsContext: boolean;
}

/** The element of a turn: a plain turn until it comes near the window, then the turn in full. */
export const TurnSlot = memo(function TurnSlot({
  drawnTurns,
  startsDrawn,
  startsContext,
  ...turn
}: TurnSlotProps) {
  const { turnId } = turn;
  const element = useRef<HTMLDivElement>(null);
  const [wasDrawn] = useState(startsDrawn || drawnTurns.has(turnId));
  const [isDrawn, setDrawn] = useState(wasDrawn);

  useEffect(() => {
    if (wasDrawn) drawnTurns.draw([turnId]);
    return element.current ? drawnTurns.watch(turnId, element.current, () => setDrawn(true)) : undefined;
  }, [drawnTurns, turnId, wasDrawn]);

  return (
    <div
      ref={element}
      id={turnElementId(turnId)}
      className={styles.turn}
      data-turn={turnId}
      // Only the initial value: `DrawnTurns` updates the attribute from then on.
      data-offscreen={wasDrawn ? undefined : ''}
    >
      {startsContext && <ContextStartLine />}
      {isDrawn ? <TurnItem {...turn} /> : <PlainTurn {...turn} />}
    </div>
  );
});
