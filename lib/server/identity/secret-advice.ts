import type { Settings } from '@/lib/server/env';

/** The advice in the start report if guest cookies depend on a key in Redis; null if they do not. */
export const secretAdvice = ({ authSecret, store }: Pick<Settings, 'authSecret' | 'store'>): string | null =>
  authSecret === null && store.driver !== 'sqlite'
    ? 'The secret that signs guest cookies is kept in Redis. Set AUTH_SECRET, so that guests keep their conversations whatever happens to that key.'
    : null;
