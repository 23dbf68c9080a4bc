import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HealthAnswer, ModelsAnswer } from '@/lib/chat/wire';
import type { ClientErrorInfo } from '../http/client-error';

/** Something that is read from the server once in a while. `failed` keeps what was known before. */
export interface Loaded<T> {
  phase: 'idle' | 'loading' | 'ready' | 'failed';
  value: T | null;
  error: ClientErrorInfo | null;
}

export const NOT_LOADED = { phase: 'idle', value: null, error: null } as const;

/** What this server offers: its models, and how it is. */
export interface Catalog {
  models: Loaded<ModelsAnswer>;
  health: Loaded<HealthAnswer>;
}

export type CatalogStore = StoreApi<Catalog>;

export const createCatalogStore = (): CatalogStore =>
  createStore<Catalog>(() => ({ models: NOT_LOADED, health: NOT_LOADED }));
