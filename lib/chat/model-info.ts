/** A model that people can choose. */
export interface ModelInfo {
  /** `provider:model`, split at the *first* colon: model names may contain colons (`ollama:qwen3:8b`). */
  id: string;
  provider: string;
  /** What people call the provider. Not in the answers of older servers. */
  providerName?: string;
  name: string;
  vision: boolean;
  reasoning: boolean;
  imageGeneration: boolean;
  /** A prompt may have at most this many tokens, estimated: older turns that do not fit are not sent. */
  contextTokens: number;
}

export const providerOf = ({ provider, providerName }: ModelInfo): string => providerName ?? provider;

export function splitModelId(id: string): { provider: string; model: string } | null {
  const colon = id.indexOf(':');
  return colon > 0 && colon < id.length - 1
    ? { provider: id.slice(0, colon), model: id.slice(colon + 1) }
    : null;
}
