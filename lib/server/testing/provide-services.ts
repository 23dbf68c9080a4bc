import type { Services } from '@/lib/server/services';

/** What `services()` returns from now on, in this process. */
export const provideServices = (services: Services): void => {
  Object.assign(globalThis, { [Symbol.for('confab.services')]: Promise.resolve(services) });
};
