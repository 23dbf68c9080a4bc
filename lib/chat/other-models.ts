import type { ErrorReason } from './errors';
import { type ModelInfo, splitModelId } from './model-info';
import type { Turn } from './turn';

/** What is wrong with a provider rather than with one of its models. */
const OF_PROVIDER: ReadonlySet<ErrorReason | undefined> = new Set(['auth', 'rate_limited', 'unreachable']);

/**
 * The models that may do what this reply's model failed to do, the best first: the chosen one, then another provider's
 * if the provider itself failed. Empty unless the model failed. For a message with images, only models that see.
 */
export function otherModels(
  { status, error, reply, user }: Turn,
  models: readonly ModelInfo[],
  chosen: string | null,
): ModelInfo[] {
  if (status !== 'failed' || (error?.code !== 'model_failed' && error?.code !== 'model_unavailable'))
    return [];
  const failed = splitModelId(reply.model)?.provider;
  const isAvoided = ({ provider }: ModelInfo) => OF_PROVIDER.has(error.reason) && provider === failed;
  const rank = (model: ModelInfo) => (isAvoided(model) ? 2 : model.id === chosen ? 0 : 1);
  return models
    .filter(({ id, vision }) => id !== reply.model && (vision || user.images.length === 0))
    .sort((one, other) => rank(one) - rank(other));
}
