import { turnMenuStrings } from '@/lib/chat/strings/turn-menu';
import type { Turn } from '@/lib/chat/turn';
import { usageRows } from '@/lib/chat/usage-details';
import { useLanguage } from '../../use-strings';
import styles from './usage-details.module.css';

/** Everything known about how a reply was made: model, tokens, times, context. */
export function UsageTable({ turn }: { turn: Turn }) {
  return (
    <dl className={styles.table}>
      {usageRows(turn, turnMenuStrings(useLanguage())).map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
