import type { ContextMessage } from '@/lib/chat/context/context-window';
import { estimateImageTokens, estimateTokens, MESSAGE_TOKENS } from '@/lib/chat/context/estimate-tokens';
import type { ImageRef, Turn } from '@/lib/chat/turn';
import type { Price } from '@/lib/server/models/price';
import type { TurnUse } from '@/lib/server/store/limits';

/**
 * What a finished turn adds to the use of a day: the provider's numbers, or an estimate if it sent none, so that a
 * reply which is stopped just before its end is not free.
 * @param promptTokens an estimate of what was sent, if there is one.
 */
export function turnUse(turn: Turn, price: Price | null, promptTokens?: number): TurnUse {
  const { inputTokens, outputTokens } = turn.usage ?? estimated(turn, promptTokens);
  return {
    tokens: inputTokens + outputTokens,
    cost: price ? (inputTokens * price.input + outputTokens * price.output) / 1_000_000 : 0,
  };
}

function estimated({ status, user, reply }: Turn, promptTokens?: number) {
  const outputTokens = estimateTokens(reply.reasoning) + estimateTokens(reply.content);
  // Providers charge nothing for a call that they refuse.
  if (status === 'failed' && outputTokens === 0) return { inputTokens: 0, outputTokens };
  const inputTokens = promptTokens ?? estimateTokens(user.content) + tokensOfImages(user.images);
  return { inputTokens, outputTokens };
}

/** An estimate of the tokens in a prompt. */
export const estimatePrompt = (system: string, messages: readonly ContextMessage[]): number =>
  messages.reduce(
    (sum, { content, images = [] }) =>
      sum + MESSAGE_TOKENS + estimateTokens(content) + tokensOfImages(images),
    MESSAGE_TOKENS + estimateTokens(system),
  );

const tokensOfImages = (images: readonly ImageRef[]): number =>
  images.reduce((sum, image) => sum + estimateImageTokens(image), 0);
