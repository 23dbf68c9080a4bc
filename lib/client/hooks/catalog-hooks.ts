import { useStore } from 'zustand';
import type { ModelInfo } from '@/lib/chat/model-info';
import type { HealthAnswer } from '@/lib/chat/wire';
import { client } from '../actions/client';
import { chosenModel, type Loaded } from '../state/catalog-store';

const { catalog, preferences } = client;

const NO_MODELS: readonly ModelInfo[] = [];

export interface ModelsView {
  phase: Loaded<unknown>['phase'];
  models: readonly ModelInfo[];
  /** `provider:model`, used where none is chosen; null until the models are loaded. */
  defaultModel: string | null;
}

export function useModels(): ModelsView {
  const { phase, value } = useStore(catalog, (state) => state.models);
  return { phase, models: value?.models ?? NO_MODELS, defaultModel: value?.default ?? null };
}

/** The model of this assistant: the chosen one if the server still offers it, else the default. */
export function useChosenModel(assistantId: string): string | null {
  const models = useStore(catalog, (state) => state.models.value);
  const chosen = useStore(preferences, (state) => state.models[assistantId]);
  return chosenModel(models, chosen) ?? models?.default ?? null;
}

/** The health of the server: its store, and whether the demo model answers. */
export const useHealth = (): Loaded<HealthAnswer> => useStore(catalog, (state) => state.health);
