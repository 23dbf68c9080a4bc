import type { LanguageModelV4FinishReason, LanguageModelV4Usage } from '@ai-sdk/provider';
import type { FailureReason } from '@/lib/chat/errors';
import type { Usage } from '@/lib/chat/turn';
import { failure } from './failure';
import type { ModelFailure, ModelFinish } from './model-part';

/** Finish reasons that mean no finish: DeepSeek out of capacity, OpenRouter's upstream failing, vLLM giving up. */
const BROKEN_OFF: Record<string, FailureReason> = {
  insufficient_system_resource: 'upstream',
  error: 'upstream',
  abort: 'cut',
};

/** Endings that explain an empty reply: the reasoning took all the tokens, or a filter withheld the answer. */
const MAY_BE_EMPTY = new Set(['length', 'content_filter']);

/** How a reply that came to its end is told. One that says nothing is a failure, not a blank success. */
export function conclude(finishReason: string, answered: boolean, usage?: Usage): ModelFinish | ModelFailure {
  if (Object.hasOwn(BROKEN_OFF, finishReason))
    return failure(BROKEN_OFF[finishReason] ?? 'upstream', { finishReason });
  if (!answered && !MAY_BE_EMPTY.has(finishReason)) return failure('empty', { finishReason });
  return { type: 'finish', finishReason, ...(usage && { usage }) };
}

/** The SDK's finish reason in OpenAI's words. */
export function finishReasonOf({ unified, raw }: LanguageModelV4FinishReason): string {
  switch (unified) {
    case 'stop':
    case 'length':
    case 'error':
      return unified;
    case 'content-filter':
      return 'content_filter';
    case 'tool-calls':
      return 'tool_calls';
    case 'interrupted':
      return 'abort';
    case 'other':
      return raw ?? 'stop';
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
