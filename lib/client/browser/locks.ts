/** What only one tab of this browser does at a time. */
export interface Locks {
  /**
   * Runs it while holding the name, after whoever holds it now; with `ifFree`, not at all if somebody does. Resolves
   * after it, to whether it ran.
   */
  hold(name: string, run: () => Promise<void>, options: { ifFree: boolean }): Promise<boolean>;
}

/**
 * The Web Locks API is missing on plain-http addresses of a network. There every tab takes itself for the only one:
 * what is done under a lock must be harmless when it is done twice.
 */
export const browserLocks: Locks = {
  async hold(name, run, { ifFree }) {
    if (!navigator.locks) {
      await run();
      return true;
    }
    return navigator.locks.request(name, { ifAvailable: ifFree }, async (lock) => {
      if (lock) await run();
      return lock !== null;
    });
  },
};
