import type { Usage } from '@/lib/chat/turn';

/**
 * What a chunk says about the end of the reply. The AI SDK reports it only when the stream has ended, or not
 * at all.
 */
export interface ChunkOutcome {
  /** An error inside a stream of status 200, in the provider's own form. */
  error?: unknown;
  /** In the provider's spelling. */
  finishReason?: string;
  usage?: Usage;
}

/**
 * Reads a parsed chunk of chat completions. Anything else, such as another protocol's event, has no outcome.
 */
export function outcomeOf(chunk: unknown): ChunkOutcome {
  if (!isObject(chunk)) return {};
  if (chunk.error) return { error: chunk.error };
  const choice: unknown = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
  const finishReason = isObject(choice) ? choice.finish_reason : undefined;
  const usage = isObject(chunk.usage) ? usageOf(chunk.usage) : undefined;
  return {
    ...(typeof finishReason === 'string' && { finishReason }),
    ...(usage && { usage }),
  };
}

function usageOf({
  prompt_tokens,
  completion_tokens,
  completion_tokens_details: details,
}: Fields): Usage | undefined {
  if (typeof prompt_tokens !== 'number' || typeof completion_tokens !== 'number') return undefined;
  const reasoning = isObject(details) ? details.reasoning_tokens : undefined;
  return {
    inputTokens: prompt_tokens,
    outputTokens: completion_tokens,
    ...(typeof reasoning === 'number' && { reasoningTokens: reasoning }),
  };
}

export type Fields = Record<string, unknown>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
