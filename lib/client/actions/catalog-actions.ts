import { ApiError } from '../http/client-error';
import type { Catalog, Loaded } from '../state/catalog-store';
import type { ClientContext } from '../state/context';
import type { Actions } from './actions';

export function createCatalogActions({
  api,
  catalog,
}: ClientContext): Pick<Actions, 'refreshModels' | 'refreshHealth'> {
  async function refresh<K extends keyof Catalog>(
    name: K,
    read: () => Promise<Catalog[K] extends Loaded<infer T> ? T : never>,
  ): Promise<void> {
    const known = catalog.getState()[name];
    const set = (next: Loaded<unknown>) => catalog.setState({ [name]: next });
    if (known.phase === 'idle') set({ ...known, phase: 'loading' });
    try {
      set({ phase: 'ready', value: await read(), error: null });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      set({ phase: 'failed', value: known.value, error: error.info });
    }
  }

  return {
    refreshModels: () => refresh('models', api.models),
    refreshHealth: () => refresh('health', api.health),
  };
}
