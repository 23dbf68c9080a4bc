/** Work that only one browser tab does at a time. */
export interface Locks {
  /**
   * Runs `run` while holding the named lock, after its current holder has finished; with `ifFree`, only if
   * nobody holds it. Resolves once `run` has finished, to whether it ran.
   */
  hold(name: string, run: () => Promise<void>, options: { ifFree: boolean }): Promise<boolean>;
}

/**
 * The Web Locks API is missing on plain-http addresses of a network, and refused where cookies are blocked. There every
 * browser tab acts as if it were the only one, so work under a lock must be harmless when it is done twice.
 */
export const browserLocks: Locks = {
  async hold(name, run, { ifFree }) {
    let hasAnswered = false;
    try {
      return await navigator.locks.request(name, { ifAvailable: ifFree }, async (lock) => {
        hasAnswered = true;
        if (lock) await run();
        return lock !== null;
      });
    } catch (error) {
      if (hasAnswered) throw error;
      await run();
      return true;
    }
  },
};
