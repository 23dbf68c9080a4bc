import { memo, useId, useState } from 'react';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './reasoning.module.css';

interface ReasoningProps {
  text: string;
  /** The model is still reasoning: the reply has no text yet. */
  active: boolean;
  /** Undefined if not measured. */
  durationMs?: number;
}

/** The model's reasoning: open while the model reasons, closed afterwards; the reader's choice wins. */
export const Reasoning = memo(function Reasoning({ text, active, durationMs }: ReasoningProps) {
  const { turn } = useStrings();
  const [choice, setChoice] = useState<boolean | null>(null);
  const id = useId();
  const open = choice ?? active;
  const label = active
    ? turn.thinking
    : durationMs === undefined
      ? turn.reasoning
      : turn.thoughtFor(durationMs);

  return (
    <div className={styles.reasoning}>
      <button
        type="button"
        className={styles.summary}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setChoice(!open)}
      >
        <Icon name="chevron-right" size={14} />
        <span className={active ? styles.active : undefined}>{label}</span>
      </button>
      <div id={id} className={styles.text} hidden={!open} dir="auto">
        {text.trim()}
      </div>
    </div>
  );
});
