/**
 * Why a store that works may lose what it is given: `evicts`, it deletes keys when its memory is full;
 * `not_persisted`, it keeps nothing on disk; `too_old`, its version is not one that Confab is tested on.
 * `secret_replaced`: it lost the secret of the guest cookies, and a new one was made.
 */
export const STORE_WARNINGS = ['evicts', 'not_persisted', 'too_old', 'secret_replaced'] as const;

export type StoreWarning = (typeof STORE_WARNINGS)[number];
