import { splitModelId } from '@/lib/chat/model-info';
import { editDistance } from '../near-misses';
import type { AvailableProvider } from './available-providers';
import type { ModelSettings } from './model-settings';
import { PROVIDERS, type ProviderId, type ProviderRow } from './providers';

/** The retired models among these, each with the successor that is used in its place. */
export function replaceRetired(
  { row, models }: AvailableProvider,
  settings: ModelSettings,
  today: string,
): { models: string[]; problems: string[] } {
  const named = new Set(settings.providers[row.id as ProviderId]?.models);
  const problems: string[] = [];
  const current = models.map((model) => {
    const retired = retirementOf(row, settings, model);
    if (!retired) return model;
    const isOver = isOverOn(retired, today);
    if (named.has(model))
      problems.push(sayRetired(`${row.id.toUpperCase()}_MODELS`, row, model, retired, isOver));
    return isOver ? retired.successor : model;
  });
  return { models: [...new Set(current)], problems };
}

/**
 * The default model to use, as `provider:model` (undefined if the setting cannot be used), and the problems of the setting.
 */
export function checkDefault(
  available: readonly AvailableProvider[],
  settings: ModelSettings,
  today: string,
): { id: string | undefined; problems: string[] } {
  const { defaultModel } = settings;
  const wanted = defaultModel === undefined ? null : splitModelId(defaultModel);
  if (!wanted) return { id: defaultModel, problems: [] };
  const provider = available.find(({ row }) => row.id === wanted.provider);
  if (!provider) return { id: undefined, problems: [noProvider(available, wanted)] };
  const { row, models } = provider;
  const retired = retirementOf(row, settings, wanted.model);
  if (retired) {
    const isOver = isOverOn(retired, today);
    return {
      id: `${row.id}:${isOver ? retired.successor : wanted.model}`,
      problems: [sayRetired('DEFAULT_MODEL', row, wanted.model, retired, isOver)],
    };
  }
  const known = [...models, ...Object.keys(row.prices ?? {})];
  // A server at another address may offer any model, so nothing can be said about its names.
  if (known.includes(wanted.model) || isElsewhere(row, settings)) return { id: defaultModel, problems: [] };
  const near = nearest(wanted.model, known);
  const hint = near === null ? '' : ` Did you mean ${row.id}:${near}?`;
  return {
    id: defaultModel,
    problems: [
      `DEFAULT_MODEL (${defaultModel}) is none of the models that Confab knows of ${row.name}.${hint} It is used as it is.`,
    ],
  };
}

/** A warning for each key that cannot be one: an example, or text copied with quotes, blanks or `Bearer`. */
export function checkKeys({ providers }: ModelSettings): string[] {
  return PROVIDERS.flatMap(({ id }) => {
    const key = providers[id]?.apiKey;
    if (key === undefined || !/[\s"'“”‘’<>…]|^bearer|^your[-_ ]|\.\.\.$|^sk-x+$/i.test(key)) return [];
    return [`${id.toUpperCase()}_API_KEY does not look like a key: was it copied with something around it?`];
  });
}

type Retirement = NonNullable<ProviderRow['retired']>[string];

const isElsewhere = (row: ProviderRow, { providers }: ModelSettings): boolean => {
  const baseUrl = providers[row.id as ProviderId]?.baseUrl;
  return baseUrl !== undefined && baseUrl !== row.baseUrl;
};

/** Whether and when the provider retires the model, at its own address. */
export function retirementOf(
  row: ProviderRow,
  settings: ModelSettings,
  model: string,
): Retirement | undefined {
  const retired = row.retired ?? {};
  return isElsewhere(row, settings) || !Object.hasOwn(retired, model) ? undefined : retired[model];
}

/** Days are compared as text: `2026-12-11`. */
const isOverOn = ({ from }: Retirement, today: string): boolean => from === undefined || from <= today;

function sayRetired(
  setting: string,
  { id, name }: ProviderRow,
  model: string,
  { from, successor }: Retirement,
  isOver: boolean,
): string {
  return isOver
    ? `${setting}: ${name} has retired ${model}; ${id}:${successor} is used instead.`
    : `${setting}: ${name} retires ${model} on ${from}. Set ${successor} before that.`;
}

function noProvider(
  available: readonly AvailableProvider[],
  { provider, model }: { provider: string; model: string },
): string {
  const [first] = available;
  const used = `${first?.row.id}:${first?.models[0]} is used instead.`;
  const start = `DEFAULT_MODEL (${provider}:${model})`;
  if (PROVIDERS.some(({ id }) => id === provider))
    return `${start} belongs to no configured provider: set ${provider.toUpperCase()}_API_KEY. ${used}`;
  const near = nearest(
    provider,
    PROVIDERS.map(({ id }) => id),
  );
  const hint = near === null ? '' : ` Did you mean ${near}:${model}?`;
  return `${start} belongs to no configured provider: ${provider} is not the name of one.${hint} ${used}`;
}

/** The name that was probably meant; null if none is near. */
function nearest(name: string, names: readonly string[]): string | null {
  const distances = names.map((one) => ({
    one,
    distance: editDistance(name.toLowerCase(), one.toLowerCase()),
  }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, Math.floor(best.one.length / 4)) ? best.one : null;
}
