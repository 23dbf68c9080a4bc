import { useCallback, useId, useState } from 'react';
import type { Turn } from '@/lib/chat/turn';
import { Icon } from '../../ui/icon';
import { useRequestedPart } from '../../ui/lazy/lazy-part';
import { VisuallyHidden } from '../../ui/visually-hidden';
import { USAGE_TABLE } from '../turn-parts';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import styles from './usage-details.module.css';

/** One line with the tokens and the time of a reply, on a phone a clock; opens to the full table. */
export function UsageDetails({ turn }: { turn: Turn }) {
  const strings = useTurnFooterStrings();
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => setIsOpen(false), []);
  const Table = useRequestedPart(USAGE_TABLE, isOpen, close);
  const isShown = isOpen && Table;
  const id = useId();
  const { usage, timing } = turn;
  const parts = [
    usage && strings.tokensIn(usage.inputTokens),
    usage && strings.tokensOut(usage.outputTokens),
    timing && strings.duration(timing.totalMs),
  ].filter((part) => part !== undefined);

  return (
    <>
      <button
        type="button"
        className={styles.summary}
        data-control="usage"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <VisuallyHidden>{strings.usageDetails} </VisuallyHidden>
        <span className={parts.length > 0 ? styles.clock : undefined}>
          <Icon name="clock" size={16} />
        </span>
        {parts.length > 0 && (
          <span className={styles.parts}>
            {parts.map((part) => (
              <span key={part}>{part}</span>
            ))}
            <Icon name="chevron-down" size={13} />
          </span>
        )}
      </button>
      <div id={id} className={styles.details} hidden={!isShown}>
        {isShown && <Table turn={turn} />}
      </div>
    </>
  );
}
