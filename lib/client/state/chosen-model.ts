import type { ModelList } from '../http/wire';

/** The choice as it may be sent: none if the server no longer offers it (an unknown model is refused). */
export const chosenModel = (models: ModelList | null, chosen: string | undefined): string | undefined =>
  !models || models.models.some((model) => model.id === chosen) ? chosen : undefined;
