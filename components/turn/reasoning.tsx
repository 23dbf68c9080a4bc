import { memo, useId, useState } from 'react';
import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import styles from './reasoning.module.css';

interface ReasoningProps {
  text: string;
  /** The model is thinking now: no word of the answer yet. */
  thinking: boolean;
  /** How long it thought; undefined if nobody measured. */
  thoughtMs?: number;
}

/** What the model thought before it answered. Open while it thinks, closed after; the reader's choice wins. */
export const Reasoning = memo(function Reasoning({ text, thinking, thoughtMs }: ReasoningProps) {
  const { turn } = useStrings();
  const [choice, setChoice] = useState<boolean | null>(null);
  const id = useId();
  const open = choice ?? thinking;
  const label = thinking
    ? turn.thinking
    : thoughtMs === undefined
      ? turn.reasoning
      : turn.thoughtFor(thoughtMs);

  return (
    <div className={styles.fold}>
      <button
        type="button"
        className={styles.summary}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setChoice(!open)}
      >
        <Icon name="chevron-right" size={14} />
        <span className={thinking ? styles.thinking : undefined}>{label}</span>
      </button>
      <div id={id} className={styles.text} hidden={!open} dir="auto">
        {text.trim()}
      </div>
    </div>
  );
});
