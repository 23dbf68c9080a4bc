import { receiptLines } from '@/lib/chat/receipt';
import type { Turn } from '@/lib/chat/turn';
import { turnMenuWords } from '@/lib/chat/words/turn-menu';
import { useLanguage } from '../words';
import styles from './receipt.module.css';

/** All that is known of how a reply came about. */
export function WholeReceipt({ turn }: { turn: Turn }) {
  return (
    <dl className={styles.lines}>
      {receiptLines(turn, turnMenuWords(useLanguage())).map(({ term, told }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{told}</dd>
        </div>
      ))}
    </dl>
  );
}
