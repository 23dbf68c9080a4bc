import type { LanguageModelV4 } from '@ai-sdk/provider';
import { createProviderRegistry } from 'ai';
import { type ModelInfo, splitModelId } from '@/lib/chat/model-info';
import { DEMO_MODEL_ID } from './demo/demo-provider';
import type { ModelSettings } from './model-settings';
import { configuredOffers, demoOffer, foundOllama, type Offer } from './offers';
import { budgetOf, PROVIDERS, type ProviderRow } from './providers';

/** The models that this server can ask. Fixed when it is opened. */
export interface ModelCatalog {
  /** Every model that may be chosen; never empty. */
  list(): ModelInfo[];
  /** The id of one of `list()`. */
  defaultModel(): string;
  /** `not_configured`: of a vendor that this server knows and was given no access to. */
  find(id: string): 'unknown' | 'not_configured' | ModelInfo;
  /** The token budget of a prompt for this model. */
  contextTokens(id: string): number;
  /** Ids of the vendors that can be asked, the demo not among them. */
  configuredProviders(): string[];
  /** Nothing is configured: the demo model answers. */
  readonly demo: boolean;
  /** What the settings asked for and could not be had, as sentences for the log. */
  readonly problems: string[];
  /** The model itself, for `askModel`; null for an id that is not in `list()`. */
  languageModel(id: string): LanguageModelV4 | null;
}

/** Where an Ollama listens unless it was told otherwise. */
const OLLAMA_ADDRESS = 'http://127.0.0.1:11434/v1';

/**
 * Opens the catalog. Looks for an Ollama on its usual port (300 ms at most) only when no vendor is configured; with
 * none there, the demo model is all that there is. Never rejects.
 */
export async function openCatalog(
  settings: ModelSettings,
  { ollamaAddress = OLLAMA_ADDRESS } = {},
): Promise<ModelCatalog> {
  const problems: string[] = [];
  const configured = await configuredOffers(settings, problems);
  const offers = configured.length > 0 ? configured : [(await foundOllama(ollamaAddress)) ?? demoOffer];
  return createCatalog(withDefault(offers, settings, problems), settings, problems);
}

/** The default model is offered even where the lists forgot it, if its vendor can be asked. */
function withDefault(offers: Offer[], settings: ModelSettings, problems: string[]): Offer[] {
  const wanted = splitModelId(settings.defaultModel?.trim() ?? '');
  if (!settings.defaultModel?.trim()) return offers;
  if (!wanted || !offers.some(({ row }) => row.id === wanted.provider)) {
    problems.push(`DEFAULT_MODEL (${settings.defaultModel}) is of no provider that is configured.`);
    return offers;
  }
  return offers.map((offer) =>
    offer.row.id === wanted.provider
      ? { ...offer, models: [...new Set([...offer.models, wanted.model])] }
      : offer,
  );
}

interface Entry {
  row: ProviderRow;
  model: string;
  info: ModelInfo;
  languageModel?: LanguageModelV4;
}

function createCatalog(offers: Offer[], settings: ModelSettings, problems: string[]): ModelCatalog {
  const registry = createProviderRegistry(
    Object.fromEntries(offers.map(({ row, provider }) => [row.id, provider])),
  );
  const entries = offers.flatMap(({ row, models }) =>
    models.map((model): Entry => ({ row, model, info: infoOf(row, model, settings.contextTokens) })),
  );
  const byId = new Map(entries.map((entry) => [entry.info.id, entry]));
  const [first] = entries;
  const fallback = first?.info.id ?? DEMO_MODEL_ID;
  const wanted = settings.defaultModel?.trim() ?? '';

  return {
    list: () => entries.map(({ info }) => info),
    defaultModel: () => (byId.has(wanted) ? wanted : fallback),
    find(id) {
      const entry = byId.get(id);
      if (entry) return entry.info;
      const provider = splitModelId(id)?.provider;
      const offered = offers.some(({ row }) => row.id === provider);
      const known = PROVIDERS.some((row) => row.id === provider) || id === DEMO_MODEL_ID;
      return known && !offered ? 'not_configured' : 'unknown';
    },
    contextTokens(id) {
      const entry = byId.get(id) ?? first;
      return entry?.info.contextTokens ?? demoOffer.row.contextTokens;
    },
    configuredProviders: () => offers.map(({ row }) => row.id).filter((id) => id !== demoOffer.row.id),
    demo: offers.includes(demoOffer),
    problems,
    languageModel(id) {
      const entry = byId.get(id);
      if (!entry) return null;
      // Made once: the SDK builds the schemas of a model with it, which takes longer than a turn's begin.
      entry.languageModel ??= registry.languageModel(`${entry.row.id}:${entry.model}`);
      return entry.languageModel;
    },
  };
}

const infoOf = (row: ProviderRow, model: string, contextTokens?: number): ModelInfo => ({
  id: `${row.id}:${model}`,
  provider: row.id,
  name: row.id === demoOffer.row.id ? row.name : model,
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
