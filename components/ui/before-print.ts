import { flushSync } from 'react-dom';

let isPreparing = false;

/** True while the page renders what is to be printed: a component that starts then leaves nothing for later. */
export const isPreparingPrint = (): boolean => isPreparing;

/**
 * Calls `change`, which changes states, just before the page is printed, and renders the result at once: the browser
 * prints the page as it is after that. Returns the unsubscribe.
 */
export function onBeforePrint(change: () => void): () => void {
  const prepare = () => {
    isPreparing = true;
    try {
      flushSync(change);
    } finally {
      isPreparing = false;
    }
  };
  window.addEventListener('beforeprint', prepare);
  return () => window.removeEventListener('beforeprint', prepare);
}
