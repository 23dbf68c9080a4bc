import { type ComponentProps, memo, useLayoutEffect, useRef, useState } from 'react';
import { ContextStartLine } from '../../turn/context-start-line';
import { TurnItem } from '../../turn/turn-item';
import styles from '../view.module.css';
import type { NearTurns } from './drawn-turns';
import { FarTurn } from './plain-turn';
import { turnElementId } from './turn-element';

interface TurnPlaceProps extends ComponentProps<typeof TurnItem> {
  near: NearTurns;
  /** The model's memory begins here. */
  startsContext: boolean;
}

/** Where a turn stands. It is drawn in full when it first comes near the window; until then it is its bare words. */
export const TurnPlace = memo(function TurnPlace({ near, startsContext, ...turn }: TurnPlaceProps) {
  const { turnId } = turn;
  const place = useRef<HTMLDivElement>(null);
  const [beganNear] = useState(() => near.has(turnId));
  const [isNear, setNear] = useState(beganNear);

  // In a layout effect, so that `Turns` can reveal a new turn before the first paint that has it.
  useLayoutEffect(
    () => (place.current ? near.watch(turnId, place.current, () => setNear(true)) : undefined),
    [near, turnId],
  );

  return (
    <div
      ref={place}
      id={turnElementId(turnId)}
      className={styles.turn}
      data-turn={turnId}
      // Only how it begins: from then on `near` keeps it.
      data-far={beganNear ? undefined : ''}
    >
      {startsContext && <ContextStartLine />}
      {isNear ? <TurnItem {...turn} /> : <FarTurn {...turn} />}
    </div>
  );
});
