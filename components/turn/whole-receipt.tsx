import { receiptLines } from '@/lib/chat/receipt';
import { turnMenuStrings } from '@/lib/chat/strings/turn-menu';
import type { Turn } from '@/lib/chat/turn';
import { useLanguage } from '../use-strings';
import styles from './receipt.module.css';

/** All that is known of how a reply came about. */
export function WholeReceipt({ turn }: { turn: Turn }) {
  return (
    <dl className={styles.lines}>
      {receiptLines(turn, turnMenuStrings(useLanguage())).map(({ term, told }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{told}</dd>
        </div>
      ))}
    </dl>
  );
}
