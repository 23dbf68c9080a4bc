import { useSyncExternalStore } from 'react';

/** Whether this machine's keys are Apple's. The server does not know: false there. */
export const useApple = (): boolean =>
  useSyncExternalStore(
    () => () => {},
    () => isApple(),
    () => false,
  );

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
