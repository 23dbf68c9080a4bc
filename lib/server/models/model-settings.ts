import type { ProviderId } from './providers';

/** What the environment says about one provider, read and checked by `env.ts`. */
export interface ProviderSettings {
  apiKey?: string;
  baseUrl?: string;
  /** Model ids to offer; empty or left out: those of the provider's row. */
  models?: string[];
}

export interface ModelSettings {
  providers: Partial<Record<ProviderId, ProviderSettings>>;
  /** `provider:model`. */
  defaultModel?: string;
  /** The token budget of a prompt, for every model; without it each model has a default of its own. */
  contextTokens?: number;
}
