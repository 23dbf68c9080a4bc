/** What the page knows of itself: whether somebody looks at it, and when it comes back to life. */
export interface PageState {
  visible(): boolean;
  /** Called when the page becomes visible, gets the focus, or the network returns. Returns the unsubscribe. */
  onWake(run: () => void): () => void;
  /** Called when the network returns, also while nobody looks. Returns the unsubscribe. */
  onNetwork(run: () => void): () => void;
  /**
   * Called when another tab has written something whose name begins so to the storage that all tabs share, or has
   * emptied it. Returns the unsubscribe.
   */
  onForeignWrite(prefix: string, run: () => void): () => void;
}

export const browserPage: PageState = {
  visible: () => typeof document === 'undefined' || document.visibilityState === 'visible',
  onWake(run) {
    const whenVisible = () => {
      if (document.visibilityState === 'visible') run();
    };
    document.addEventListener('visibilitychange', whenVisible);
    for (const type of WAKERS) window.addEventListener(type, whenVisible);
    return () => {
      document.removeEventListener('visibilitychange', whenVisible);
      for (const type of WAKERS) window.removeEventListener(type, whenVisible);
    };
  },
  onNetwork(run) {
    window.addEventListener('online', run);
    return () => window.removeEventListener('online', run);
  },
  onForeignWrite(prefix, run) {
    const check = (event: StorageEvent) => {
      if (event.key === null || event.key.startsWith(prefix)) run();
    };
    window.addEventListener('storage', check);
    return () => window.removeEventListener('storage', check);
  },
};

/** `pageshow`: back from the back-forward cache, with every connection gone. */
const WAKERS = ['online', 'focus', 'pageshow'] as const;
