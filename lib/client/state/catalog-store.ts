import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HealthAnswer, ModelsAnswer } from '@/lib/chat/wire';
import type { ClientErrorInfo } from '../http/client-error';

/** A value that is read from the server now and then. `failed` keeps the previous value. */
export interface Loaded<T> {
  phase: 'idle' | 'loading' | 'ready' | 'failed';
  value: T | null;
  error: ClientErrorInfo | null;
}

export const NOT_LOADED = { phase: 'idle', value: null, error: null } as const;

/** The models that this server offers, and its health. */
export interface Catalog {
  models: Loaded<ModelsAnswer>;
  health: Loaded<HealthAnswer>;
}

export type CatalogStore = StoreApi<Catalog>;

export const createCatalogStore = (): CatalogStore =>
  createStore<Catalog>(() => ({ models: NOT_LOADED, health: NOT_LOADED }));

/** The chosen model; undefined if the server no longer offers it, since it refuses unknown models. */
export const chosenModel = (models: ModelsAnswer | null, chosen: string | undefined): string | undefined =>
  !models || models.models.some((model) => model.id === chosen) ? chosen : undefined;
