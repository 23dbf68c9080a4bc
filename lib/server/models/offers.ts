import type { ProviderV4 } from '@ai-sdk/provider';
import { addressOf, connect } from './connect';
import { DEMO_ROW, demoProvider } from './demo/demo-provider';
import { listOllamaModels } from './list-ollama-models';
import type { ModelSettings, ProviderSettings } from './model-settings';
import { PROVIDERS, type ProviderRow } from './providers';

/** A vendor that can be asked, and for what. */
export interface Offer {
  row: ProviderRow;
  provider: ProviderV4;
  models: readonly string[];
}

/** How long a start of the server waits for an Ollama to tell its models. */
const OLLAMA_TIMEOUT_MS = 300;

/** Every vendor that the settings give access to, in the order of the table. */
export async function configuredOffers(settings: ModelSettings, problems: string[]): Promise<Offer[]> {
  const offers = await Promise.all(
    PROVIDERS.map(async (row): Promise<Offer | null> => {
      const given = settings.providers[row.id];
      if (given?.baseUrl?.trim() && !URL.canParse(given.baseUrl)) {
        problems.push(`${row.id.toUpperCase()}_BASE_URL is not an address.`);
        return null;
      }
      const provider = connect(row, given);
      return provider && { row, provider, models: await modelsOf(row, given) };
    }),
  );
  return offers.filter((offer) => offer !== null);
}

/** An Ollama on its usual port, when it is there and has a model. */
export async function foundOllama(baseUrl: string): Promise<Offer | null> {
  const row = PROVIDERS.find(({ id }) => id === 'ollama');
  const provider = row && connect(row, { baseUrl });
  if (!provider) return null;
  const models = await listOllamaModels(addressOf(row, baseUrl), OLLAMA_TIMEOUT_MS);
  return models?.length ? { row, provider, models } : null;
}

export const demoOffer: Offer = { row: DEMO_ROW, provider: demoProvider, models: DEMO_ROW.models };

async function modelsOf(row: ProviderRow, given: ProviderSettings | undefined): Promise<readonly string[]> {
  const listed = given?.models?.map((model) => model.trim()).filter(Boolean) ?? [];
  if (listed.length > 0) return [...new Set(listed)];
  if (row.listsModels !== 'ollama' || !row.baseUrl) return row.models;
  const own = await listOllamaModels(
    addressOf(row, given?.baseUrl?.trim() || row.baseUrl),
    OLLAMA_TIMEOUT_MS,
  );
  return own?.length ? own : row.models;
}
