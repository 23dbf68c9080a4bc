import { turnMenuStrings } from '@/lib/chat/strings/turn-menu';
import type { Turn } from '@/lib/chat/turn';
import { usageRows } from '@/lib/chat/usage-details';
import { useModels } from '@/lib/client/hooks';
import { useLanguage } from '../../use-strings';
import styles from './usage-details.module.css';

/** Everything known about how a reply was made: model, tokens, times, context. */
export function UsageTable({ turn }: { turn: Turn }) {
  const strings = turnMenuStrings(useLanguage());
  const model = useModels().models.find(({ id }) => id === turn.reply.model);
  return (
    <dl className={styles.table}>
      {usageRows(turn, strings, model?.providerName).map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
