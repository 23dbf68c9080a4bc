import type { ModelCatalog } from '@/lib/server/models/catalog';
import type { LimitSettings } from './limit-settings';

/** A gap in a limit of cost, as a line of the log. */
interface PriceWarning {
  event: 'cost_not_limited' | 'cost_uncertain';
  /** Ids, separated by spaces. */
  models: string;
  advice: string;
}

/** A limit of cost covers only models with a price, and is only as exact as that price. */
export function priceWarnings(
  { dailyCost, serverDailyCost }: LimitSettings,
  catalog: Pick<ModelCatalog, 'demo' | 'list' | 'priceOf'>,
): PriceWarning[] {
  // The demo costs nothing.
  if (catalog.demo || (dailyCost === null && serverDailyCost === null)) return [];
  const ids = catalog.list().map(({ id }) => id);
  const unknown = ids.filter((id) => catalog.priceOf(id) === null);
  const uncertain = ids.filter((id) => catalog.priceOf(id)?.isUnverified);
  const warnings: PriceWarning[] = [];
  if (unknown.length > 0)
    warnings.push({
      event: 'cost_not_limited',
      models: unknown.join(' '),
      advice:
        'The price of these models is not known, so DAILY_COST and SERVER_DAILY_COST do not limit them. Set DAILY_TOKENS and SERVER_DAILY_TOKENS.',
    });
  if (uncertain.length > 0)
    warnings.push({
      event: 'cost_uncertain',
      models: uncertain.join(' '),
      advice: 'The price of these models was not verified: compare the cost with the bill of the provider.',
    });
  return warnings;
}
