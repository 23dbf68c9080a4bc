/**
 * Why a store that works may lose what it is given: `evicts`, it deletes keys when its memory is full; `not_persisted`, it
 * keeps nothing on disk; `too_old`, it lacks commands that sending needs.
 */
export const STORE_WARNINGS = ['evicts', 'not_persisted', 'too_old'] as const;

export type StoreWarning = (typeof STORE_WARNINGS)[number];
