import type { Turn } from '@/lib/chat/turn';
import { useWords } from '../words';
import styles from './reply-foot.module.css';

/** What a reply took: tokens in and out, and the time to its first word. */
export function Receipt({ turn: { usage, timing } }: { turn: Turn }) {
  const { turn } = useWords();
  const parts = [
    usage && turn.tokensIn(usage.inputTokens),
    usage && turn.tokensOut(usage.outputTokens),
    timing && turn.firstWord(timing.firstTokenMs),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  return (
    <ul className={styles.receipt} aria-label={turn.receipt}>
      {parts.map((part) => (
        <li key={part}>{part}</li>
      ))}
    </ul>
  );
}
