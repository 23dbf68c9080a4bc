import { useSyncExternalStore } from 'react';

const SYSTEM = '(prefers-color-scheme: dark)';

/** Whether the page is dark: by the reader's choice, or else by the system's. */
export const useDark = (): boolean => useSyncExternalStore(subscribe, isDark, () => false);

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen === 'dark' : matchMedia(SYSTEM).matches;
}

function subscribe(changed: () => void): () => void {
  const system = matchMedia(SYSTEM);
  const chosen = new MutationObserver(changed);
  system.addEventListener('change', changed);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    chosen.disconnect();
  };
}
