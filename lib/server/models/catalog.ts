import type { LanguageModelV4 } from '@ai-sdk/provider';
import { type ModelInfo, splitModelId } from '@/lib/chat/model-info';
import { type AvailableProvider, configuredProviders, demoProvider, findOllama } from './available-providers';
import { checkDefault, checkKeys, replaceRetired, retirementOf } from './check-models';
import { DEMO_MODEL_ID, DEMO_ROW } from './demo/demo-row';
import type { ModelSettings } from './model-settings';
import type { ListedPrice } from './price';
import { budgetOf, PROVIDERS, type ProviderRow } from './providers';

/** The models that this server can call. Fixed when it is opened. */
export interface ModelCatalog {
  /** Every model that may be chosen; never empty. */
  list(): ModelInfo[];
  /** The id of one of `list()`. */
  defaultModel(): string;
  /** `not_configured`: its provider is in the table but not configured. */
  find(id: string): 'unknown' | 'not_configured' | ModelInfo;
  /** The token budget of a prompt for this model. */
  contextTokens(id: string): number;
  /** null: the price is unknown. */
  priceOf(id: string): ListedPrice | null;
  /** Ids of the providers that can be called, without the demo. */
  configuredProviders(): string[];
  /** Nothing is configured: the demo model answers. */
  readonly demo: boolean;
  /** Settings that the catalog cannot satisfy, as sentences for the log. */
  readonly problems: string[];
  /** The model itself, for `askModel`; null for an id that is not in `list()`. */
  languageModel(id: string): LanguageModelV4 | null;
}

/** Ollama's default address. */
const OLLAMA_ADDRESS = 'http://127.0.0.1:11434/v1';

/**
 * Opens the catalog. Looks for an Ollama at its default address (300 ms at most) only if no provider is
 * configured; if there is none either, the demo model is the only one. Never rejects.
 */
export async function openCatalog(
  settings: ModelSettings,
  { ollamaAddress = OLLAMA_ADDRESS, today = new Date().toISOString().slice(0, 10) } = {},
): Promise<ModelCatalog> {
  const configured = await configuredProviders(settings);
  const found = configured.length > 0 ? configured : [(await findOllama(ollamaAddress)) ?? demoProvider];
  const checked = found.map((provider) => ({ provider, ...replaceRetired(provider, settings, today) }));
  const available = checked.map(({ provider, models }) => ({ ...provider, models }));
  const { id: defaultModel, problems } = checkDefault(available, settings, today);
  return createCatalog(withDefault(available, defaultModel), { ...settings, defaultModel }, [
    ...checkKeys(settings),
    ...checked.flatMap((one) => one.problems),
    ...problems,
  ]);
}

/** Adds the default model where the lists lack it. */
function withDefault(available: AvailableProvider[], defaultModel: string | undefined): AvailableProvider[] {
  const wanted = defaultModel === undefined ? null : splitModelId(defaultModel);
  return available.map((provider) =>
    provider.row.id === wanted?.provider
      ? { ...provider, models: [...new Set([...provider.models, wanted.model])] }
      : provider,
  );
}

interface Entry {
  info: ModelInfo;
  price: ListedPrice | null;
  create: () => LanguageModelV4;
  created?: LanguageModelV4;
}

function createCatalog(
  available: AvailableProvider[],
  settings: ModelSettings,
  problems: string[],
): ModelCatalog {
  const entries = available.flatMap(({ row, models, createModel }) =>
    models.map(
      (model): Entry => ({
        info: infoOf(row, model, settings.contextTokens),
        price: row.prices?.[model] ?? null,
        create: () => createModel(model),
      }),
    ),
  );
  const byId = new Map(entries.map((entry) => [entry.info.id, entry]));
  const rows = available.map(({ row }) => row);
  const [first] = entries;
  const fallback = first?.info.id ?? DEMO_MODEL_ID;
  const wanted = settings.defaultModel;

  return {
    list: () => entries.map(({ info }) => info),
    defaultModel: () => (wanted && byId.has(wanted) ? wanted : fallback),
    find(id) {
      const entry = byId.get(id) ?? byId.get(successorOf(id, rows, settings) ?? '');
      if (entry) return entry.info;
      const provider = splitModelId(id)?.provider;
      const isOffered = rows.some((row) => row.id === provider);
      const isInTable = PROVIDERS.some((row) => row.id === provider) || id === DEMO_MODEL_ID;
      return isInTable && !isOffered ? 'not_configured' : 'unknown';
    },
    contextTokens(id) {
      const entry = byId.get(id) ?? first;
      return entry?.info.contextTokens ?? DEMO_ROW.contextTokens;
    },
    priceOf: (id) => byId.get(id)?.price ?? null,
    configuredProviders: () => rows.filter((row) => row !== DEMO_ROW).map(({ id }) => id),
    demo: rows.includes(DEMO_ROW),
    problems,
    languageModel(id) {
      const entry = byId.get(id);
      if (!entry) return null;
      // Created once: the SDK builds the schemas of a model with it, which takes longer than the begin of a
      // turn.
      entry.created ??= entry.create();
      return entry.created;
    },
  };
}

/**
 * The successor of a retired model, which browsers and scripts may still request; null if there is none. Also before the
 * day of its end: it is not offered here any more.
 */
function successorOf(id: string, rows: readonly ProviderRow[], settings: ModelSettings): string | null {
  const { provider, model } = splitModelId(id) ?? {};
  const row = rows.find((each) => each.id === provider);
  const retired = row && model !== undefined ? retirementOf(row, settings, model) : undefined;
  return retired ? `${provider}:${retired.successor}` : null;
}

const infoOf = (row: ProviderRow, model: string, contextTokens?: number): ModelInfo => ({
  id: `${row.id}:${model}`,
  provider: row.id,
  providerName: row.name,
  name: row === DEMO_ROW ? row.name : model,
  vision: row.vision.test(model),
  reasoning: row.reasoning.test(model),
  imageGeneration: row.imageGeneration.test(model),
  contextTokens: contextTokens ?? budgetOf(row, model),
});

/** Whether images may be sent to this model. */
export function seesImages(catalog: ModelCatalog, id: string): boolean {
  const found = catalog.find(id);
  return typeof found === 'object' && found.vision;
}
