import { useChosenModel, useGauge, useModels } from '@/lib/client/hooks';
import { useStrings } from '../use-strings';
import styles from './context-gauge.module.css';

/** An estimate is not shown to the last token. */
const rounded = (tokens: number): number => (tokens < 1000 ? tokens : Math.round(tokens / 100) * 100);

/** The share of the context window, in percent, from which on it is worth a thought. */
const SHOWN_FROM = 60;

/** How much of the model's context window is used, once it is most of it. Hover or focus shows the token counts. */
export function ContextGauge({ assistantId, sessionId }: { assistantId: string; sessionId: string | null }) {
  const { composer } = useStrings();
  const { models } = useModels();
  const chosen = useChosenModel(assistantId);
  const budget = models.find(({ id }) => id === chosen)?.contextTokens ?? null;
  const gauge = useGauge(assistantId, sessionId, budget);
  if (!gauge) return null;

  const { tokens, isFull } = gauge;
  const share = isFull ? 100 : Math.min(100, Math.ceil((tokens / gauge.budget) * 100));
  if (share < SHOWN_FROM) return null;
  const percent = composer.percent(share);
  const details = composer.context(rounded(tokens), gauge.budget, isFull);
  return (
    <button
      type="button"
      className={styles.gauge}
      aria-label={`${percent} · ${details}`}
      data-full={isFull || undefined}
    >
      <span className={styles.bar} aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </span>
      <span aria-hidden="true">{percent}</span>
      <span className={styles.details} aria-hidden="true">
        {details}
      </span>
    </button>
  );
}
