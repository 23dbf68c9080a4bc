import type { LanguageModelV4FinishReason, LanguageModelV4Usage } from '@ai-sdk/provider';
import type { FailureReason } from '@/lib/chat/errors';
import { type FinishReason, toFinishReason } from '@/lib/chat/finish-reason';
import type { Usage } from '@/lib/chat/turn';
import { modelFailure } from './model-failure';
import type { ModelFailure, ModelFinish } from './model-part';

/**
 * Finish reasons that report a failure: DeepSeek out of capacity, OpenRouter's upstream failing, vLLM giving
 * up.
 */
const FAILURES: Record<string, FailureReason> = {
  insufficient_system_resource: 'upstream',
  error: 'upstream',
  abort: 'cut',
};

/**
 * Finish reasons that explain an empty reply: the reasoning took all tokens, or a filter withheld the text.
 */
const MAY_BE_EMPTY: readonly FinishReason[] = ['length', 'content_filter'];

/**
 * The last part of a reply that the model ended. `name` is the finish reason as the provider or the SDK
 * spells it; this is the one place where it becomes a `FinishReason`. A reply without text is a failure.
 */
export function finishReply(name: string, hasContent: boolean, usage?: Usage): ModelFinish | ModelFailure {
  if (Object.hasOwn(FAILURES, name))
    return modelFailure(FAILURES[name] ?? 'upstream', { finishReason: name });
  const finishReason = toFinishReason(name);
  if (!hasContent && !MAY_BE_EMPTY.includes(finishReason))
    return modelFailure('empty', { finishReason: name });
  return { type: 'finish', finishReason, ...(usage && { usage }) };
}

/** The AI SDK's name of a finish reason, or the provider's own if the SDK only has `other` for it. */
export function finishNameOf({ unified, raw }: LanguageModelV4FinishReason): string {
  switch (unified) {
    case 'interrupted':
      return 'abort';
    case 'other':
      return raw ?? 'stop';
    default:
      return unified;
  }
}

/** The token counts of a reply; undefined if the provider sent none. */
export function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage): Usage | undefined {
  if (inputTokens.total === undefined || outputTokens.total === undefined) return undefined;
  return {
    inputTokens: inputTokens.total,
    outputTokens: outputTokens.total,
    ...(outputTokens.reasoning !== undefined && { reasoningTokens: outputTokens.reasoning }),
  };
}
