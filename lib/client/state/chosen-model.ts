import type { ModelsAnswer } from '@/lib/chat/wire';

/** The choice as it may be sent: none if the server no longer offers it (an unknown model is refused). */
export const chosenModel = (models: ModelsAnswer | null, chosen: string | undefined): string | undefined =>
  !models || models.models.some((model) => model.id === chosen) ? chosen : undefined;
