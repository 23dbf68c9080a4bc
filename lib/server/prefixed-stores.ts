/** A store configured by variables with a prefix, such as `STORAGE_KV_REST_API_URL`. */
export interface PrefixedStore {
  urlName: string;
  url: string;
  token: string;
}

const PREFIXED_URL = /^\w+_(KV_REST_API|UPSTASH_REDIS_REST)_URL$/;

/**
 * The stores that Vercel's marketplace has connected under a custom prefix. Call this only on Vercel, where
 * every variable belongs to this project: elsewhere, a prefixed variable may belong to another application.
 */
export function prefixedStores(given: Readonly<Record<string, string>>): PrefixedStore[] {
  const stores = new Map<string, PrefixedStore>();
  for (const [urlName, url] of Object.entries(given)) {
    const token = given[urlName.replace(/URL$/, 'TOKEN')];
    // The same store may be listed under both names.
    if (PREFIXED_URL.test(urlName) && token && /^https?:/.test(url)) stores.set(url, { urlName, url, token });
  }
  return [...stores.values()];
}

/** The configuration error of a deployment with several stores. */
export const severalStores = (stores: readonly PrefixedStore[]): string =>
  `KV_REST_API_URL: is not set, and there are several stores (${stores.map(({ urlName }) => urlName).join(', ')}): ` +
  'set KV_REST_API_URL and KV_REST_API_TOKEN to the values of the one to use';
