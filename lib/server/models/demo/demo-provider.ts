import { customProvider } from 'ai';
import type { ProviderRow } from '../providers';
import { demoModel } from './demo-model';

const NEVER = /(?!)/;

/** Stands in the place of a vendor when none is configured. */
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

export const demoProvider = customProvider({ languageModels: { demo: demoModel } });
