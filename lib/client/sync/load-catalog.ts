import { ApiError } from '../http/client-error';
import type { Catalog, Loaded } from '../state/catalog-store';
import type { ClientContext } from '../state/context';

export type CatalogLoader = ReturnType<typeof createCatalogLoader>;

/** Reads the server's models and health into the catalog store. A failed read keeps the previous value. */
export function createCatalogLoader({ api, catalog }: ClientContext) {
  async function load<K extends keyof Catalog>(
    name: K,
    read: () => Promise<Catalog[K] extends Loaded<infer T> ? T : never>,
  ): Promise<void> {
    const previous = catalog.getState()[name];
    const set = (next: Loaded<unknown>) => catalog.setState({ [name]: next });
    if (previous.phase === 'idle') set({ ...previous, phase: 'loading' });
    try {
      set({ phase: 'ready', value: await read(), error: null });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      set({ phase: 'failed', value: previous.value, error: error.info });
    }
  }

  return {
    refreshModels: (): Promise<void> => load('models', api.models),
    refreshHealth: (): Promise<void> => load('health', api.health),
  };
}
