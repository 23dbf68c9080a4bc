import { useChosenModel, useGauge, useModels } from '@/lib/client/hooks';
import { useStrings } from '../use-strings';
import styles from './context-gauge.module.css';

/** An estimate is not told to the last token. */
const roundly = (tokens: number): number => (tokens < 1000 ? tokens : Math.round(tokens / 100) * 100);

/** How much of what the model takes is used; the numbers when it is pointed at, or has the focus. */
export function ContextGauge({ assistantId, sessionId }: { assistantId: string; sessionId: string | null }) {
  const { composer } = useStrings();
  const { models } = useModels();
  const chosen = useChosenModel(assistantId);
  const budget = models.find(({ id }) => id === chosen)?.contextTokens ?? null;
  const gauge = useGauge(assistantId, sessionId, budget);
  if (!gauge) return null;

  const { tokens, isFull } = gauge;
  const share = isFull ? 100 : Math.min(100, Math.ceil((tokens / gauge.budget) * 100));
  const percent = composer.percent(share);
  const said = composer.context(roundly(tokens), gauge.budget, isFull);
  return (
    <button
      type="button"
      className={styles.gauge}
      aria-label={`${percent} · ${said}`}
      data-full={isFull || undefined}
    >
      <span className={styles.bar} aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </span>
      <span aria-hidden="true">{percent}</span>
      <span className={styles.words} aria-hidden="true">
        {said}
      </span>
    </button>
  );
}
