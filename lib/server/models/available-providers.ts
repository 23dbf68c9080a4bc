import { addressOf, connect, type ModelFactory } from './connect';
import { demoModel } from './demo/demo-model';
import { DEMO_ROW } from './demo/demo-row';
import { listOllamaModels } from './list-ollama-models';
import type { ModelSettings, ProviderSettings } from './model-settings';
import { PROVIDERS, type ProviderRow } from './providers';

/** A provider whose models this server can call, and which of them it offers. */
export interface AvailableProvider {
  row: ProviderRow;
  models: readonly string[];
  createModel: ModelFactory;
}

/** How long the start of the server waits for an Ollama to list its models. */
const OLLAMA_TIMEOUT_MS = 300;

/** Every provider that the settings give access to, in the order of the table. */
export async function configuredProviders({ providers }: ModelSettings): Promise<AvailableProvider[]> {
  const available = await Promise.all(
    PROVIDERS.map(async (row): Promise<AvailableProvider | null> => {
      const settings = providers[row.id];
      const createModel = connect(row, settings);
      return createModel && { row, createModel, models: await modelsOf(row, settings) };
    }),
  );
  return available.filter((provider) => provider !== null);
}

/** An Ollama at this address; null if nothing answers there or it has no model. */
export async function findOllama(baseUrl: string): Promise<AvailableProvider | null> {
  const row = PROVIDERS.find(({ id }) => id === 'ollama');
  const createModel = row && connect(row, { baseUrl });
  if (!createModel) return null;
  const models = await listOllamaModels(addressOf(row, baseUrl), OLLAMA_TIMEOUT_MS);
  return models?.length ? { row, createModel, models } : null;
}

export const demoProvider: AvailableProvider = {
  row: DEMO_ROW,
  models: DEMO_ROW.models,
  createModel: () => demoModel,
};

async function modelsOf(
  row: ProviderRow,
  { models = [], baseUrl = row.baseUrl ?? undefined }: ProviderSettings = {},
): Promise<readonly string[]> {
  if (models.length > 0) return [...new Set(models)];
  if (row.listsModels !== 'ollama' || !baseUrl) return row.models;
  const installed = await listOllamaModels(addressOf(row, baseUrl), OLLAMA_TIMEOUT_MS);
  return installed?.length ? installed : row.models;
}
