import { useCallback, useId, useState } from 'react';
import { splitModelId } from '@/lib/chat/model-info';
import type { Turn } from '@/lib/chat/turn';
import { Hidden } from '../ui/hidden';
import { Icon } from '../ui/icon';
import { useRequestedPart } from '../ui/lazy-part';
import { useStrings } from '../use-strings';
import styles from './receipt.module.css';
import { WHOLE_RECEIPT } from './turn-parts';

/** What a reply took: a short line that opens to all that is known. */
export function Receipt({ turn }: { turn: Turn }) {
  const strings = useStrings().turn;
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const Whole = useRequestedPart(WHOLE_RECEIPT, open, close);
  const isShown = open && Whole;
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
        className={styles.receipt}
        data-control="receipt"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Hidden>{strings.usageDetails} </Hidden>
        <span className={styles.model}>{splitModelId(reply.model)?.model ?? reply.model}</span>
        {parts.map((part) => (
          <span key={part}>{part}</span>
        ))}
        <Icon name="chevron-down" size={13} />
      </button>
      <div id={id} className={styles.whole} hidden={!isShown}>
        {isShown && <Whole turn={turn} />}
      </div>
    </>
  );
}
