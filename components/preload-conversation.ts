import { TURNS } from './conversation/turns-part';
import { RENDERER } from './markdown/renderer';

const loadAll = () => {
  void TURNS.load();
  void RENDERER.load();
};

/** Fetches what shows a conversation ahead of need, when the page has painted and has nothing better to do. Returns the way to call it off. */
export function preloadConversation(): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(loadAll, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(loadAll, { timeout: 1000 });
  return () => cancelIdleCallback(handle);
}
