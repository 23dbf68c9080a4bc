import type { ProviderId } from './providers';

/** What the environment says of one vendor. An empty value is as good as none. */
export interface ProviderSettings {
  apiKey?: string;
  baseUrl?: string;
  models?: string[];
}

export interface ModelSettings {
  providers: Partial<Record<ProviderId, ProviderSettings>>;
  /** `provider:model`. */
  defaultModel?: string;
  /** The token budget of a prompt, for every model; without it each model has a default of its own. */
  contextTokens?: number;
}
