import { keepsCookies } from './keeps-cookies';

/** Whether the page is visible, and the events that say its data may be out of date. */
export interface PageState {
  isVisible(): boolean;
  /** False if the browser blocks the cookies of this site. */
  keepsCookies(): boolean;
  /**
   * Called when the page becomes visible, gets the focus, returns from the back-forward cache, or is visible
   * when the network returns. Returns the unsubscribe.
   */
  onResume(run: () => void): () => void;
  /** Called when the network returns, even if the page is hidden. Returns the unsubscribe. */
  onOnline(run: () => void): () => void;
  /**
   * Called when another browser tab has written or removed a localStorage entry whose name starts with `prefix`, or
   * has cleared the storage. Returns the unsubscribe.
   */
  onStorageWrite(prefix: string, run: () => void): () => void;
}

export const browserPage: PageState = {
  isVisible: () => typeof document === 'undefined' || document.visibilityState === 'visible',
  keepsCookies,
  onResume(run) {
    const runIfVisible = () => {
      if (document.visibilityState === 'visible') run();
    };
    document.addEventListener('visibilitychange', runIfVisible);
    for (const type of RESUME_EVENTS) window.addEventListener(type, runIfVisible);
    return () => {
      document.removeEventListener('visibilitychange', runIfVisible);
      for (const type of RESUME_EVENTS) window.removeEventListener(type, runIfVisible);
    };
  },
  onOnline(run) {
    window.addEventListener('online', run);
    return () => window.removeEventListener('online', run);
  },
  onStorageWrite(prefix, run) {
    const check = (event: StorageEvent) => {
      if (event.key === null || event.key.startsWith(prefix)) run();
    };
    window.addEventListener('storage', check);
    return () => window.removeEventListener('storage', check);
  },
};

/** `pageshow`: back from the back-forward cache, where every connection was closed. */
const RESUME_EVENTS = ['online', 'focus', 'pageshow'] as const;
