import { memo, useId, useState } from 'react';
import { Icon } from '../../ui/icon';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import styles from './reasoning.module.css';

interface ReasoningProps {
  text: string;
  /** The model is still reasoning: the reply has no text yet. */
  isActive: boolean;
  /** Undefined if not measured. */
  durationMs?: number;
}

/** The model's reasoning: open while the model reasons, closed afterwards; the reader's choice wins. */
export const Reasoning = memo(function Reasoning({ text, isActive, durationMs }: ReasoningProps) {
  const turnFooter = useTurnFooterStrings();
  const [choice, setChoice] = useState<boolean | null>(null);
  const id = useId();
  const isOpen = choice ?? isActive;
  const label = isActive
    ? turnFooter.thinking
    : durationMs === undefined
      ? turnFooter.reasoning
      : turnFooter.thoughtFor(durationMs);

  return (
    <div className={styles.reasoning}>
      <button
        type="button"
        className={styles.summary}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setChoice(!isOpen)}
      >
        <Icon name="chevron-right" size={14} />
        <span className={isActive ? styles.active : undefined}>{label}</span>
      </button>
      <div id={id} className={styles.text} hidden={!isOpen} dir="auto">
        {text.trim()}
      </div>
    </div>
  );
});
