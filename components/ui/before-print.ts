import { flushSync } from 'react-dom';

const changes = new Set<() => void>();
let isPreparing = false;

/** True while the page renders what is to be printed: a component that starts then leaves nothing for later. */
export const isPreparingPrint = (): boolean => isPreparing;

/**
 * Calls `change`, which changes states, just before the page is printed, and renders the result at once: the browser
 * prints the page as it is after that. Returns the unsubscribe.
 */
export function onBeforePrint(change: () => void): () => void {
  const own = () => change();
  changes.add(own);
  window.addEventListener('beforeprint', prepare);
  return () => {
    changes.delete(own);
  };
}

/** All changes in one commit: a long reply has hundreds. */
function prepare(): void {
  isPreparing = true;
  try {
    flushSync(() => {
      for (const change of [...changes]) change();
    });
  } finally {
    isPreparing = false;
  }
}
