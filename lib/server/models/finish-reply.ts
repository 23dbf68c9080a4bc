import type { LanguageModelV4FinishReason, LanguageModelV4Usage } from '@ai-sdk/provider';
import type { FailureReason } from '@/lib/chat/errors';
import { type FinishReason, toFinishReason } from '@/lib/chat/finish-reason';
import type { Usage } from '@/lib/chat/turn';
import { modelFailure } from './model-failure';
import type { ModelFailure, ModelFinish } from './model-part';

/** Finish reasons that mean no finish: DeepSeek out of capacity, OpenRouter's upstream failing, vLLM giving up. */
const BROKEN_OFF: Record<string, FailureReason> = {
  insufficient_system_resource: 'upstream',
  error: 'upstream',
  abort: 'cut',
};

/** Endings that explain an empty reply: the reasoning took all the tokens, or a filter withheld the answer. */
const MAY_BE_EMPTY: readonly FinishReason[] = ['length', 'content_filter'];

/**
 * How a reply that reached its end is reported: the one place where the name of a finish reason becomes ours. A reply
 * without text is a failure, not a blank success.
 */
export function finishReply(name: string, answered: boolean, usage?: Usage): ModelFinish | ModelFailure {
  if (Object.hasOwn(BROKEN_OFF, name))
    return modelFailure(BROKEN_OFF[name] ?? 'upstream', { finishReason: name });
  const finishReason = toFinishReason(name);
  if (!answered && !MAY_BE_EMPTY.includes(finishReason)) return modelFailure('empty', { finishReason: name });
  return { type: 'finish', finishReason, ...(usage && { usage }) };
}

/** The most exact name that the AI SDK has for the reason: the vendor's own where the SDK knows it only as `other`. */
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

/** The counts of a reply; none when the vendor gave none. */
export function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage): Usage | undefined {
  if (inputTokens.total === undefined || outputTokens.total === undefined) return undefined;
  return {
    inputTokens: inputTokens.total,
    outputTokens: outputTokens.total,
    ...(outputTokens.reasoning !== undefined && { reasoningTokens: outputTokens.reasoning }),
  };
}
