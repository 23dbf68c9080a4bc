/** A model as the page offers it. */
export interface ModelInfo {
  /** `provider:model`, split at the *first* colon: model ids may hold colons themselves (`ollama:qwen3:8b`). */
  id: string;
  provider: string;
  name: string;
  vision: boolean;
  reasoning: boolean;
  imageGeneration: boolean;
  /** The token budget of a prompt: what the model is given of a conversation is cut to it. */
  contextTokens: number;
}

export function splitModelId(id: string): { provider: string; model: string } | null {
  const colon = id.indexOf(':');
  return colon > 0 && colon < id.length - 1
    ? { provider: id.slice(0, colon), model: id.slice(colon + 1) }
    : null;
}
