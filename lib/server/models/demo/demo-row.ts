import type { ProviderRow } from '../providers';

const NEVER = /(?!)/;

/** Takes the place of a provider when none is configured. */
export const DEMO_ROW: ProviderRow = {
  id: 'demo',
  name: 'Demo',
  baseUrl: null,
  models: ['demo'],
  vision: NEVER,
  reasoning: /^demo$/,
  imageGeneration: NEVER,
  contextTokens: 8_000,
};

export const DEMO_MODEL_ID = 'demo:demo';
