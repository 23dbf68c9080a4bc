import { useCallback, useId, useState } from 'react';
import { splitModelId } from '@/lib/chat/model-info';
import type { Turn } from '@/lib/chat/turn';
import { Icon } from '../../ui/icon';
import { useRequestedPart } from '../../ui/lazy/lazy-part';
import { VisuallyHidden } from '../../ui/visually-hidden';
import { useStrings } from '../../use-strings';
import { USAGE_TABLE } from '../turn-parts';
import styles from './usage-details.module.css';

/** One line with the model, tokens and time of a reply; opens to the full table. */
export function UsageDetails({ turn }: { turn: Turn }) {
  const strings = useStrings().turn;
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => setIsOpen(false), []);
  const Table = useRequestedPart(USAGE_TABLE, isOpen, close);
  const isShown = isOpen && Table;
  const id = useId();
  const { usage, timing, reply } = turn;
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
        <span className={styles.model}>{splitModelId(reply.model)?.model ?? reply.model}</span>
        {parts.map((part) => (
          <span key={part}>{part}</span>
        ))}
        <Icon name="chevron-down" size={13} />
      </button>
      <div id={id} className={styles.details} hidden={!isShown}>
        {isShown && <Table turn={turn} />}
      </div>
    </>
  );
}
