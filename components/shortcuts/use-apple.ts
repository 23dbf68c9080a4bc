import { useSyncExternalStore } from 'react';

/** Whether this is an Apple device; false when rendered on the server. */
export const useApple = (): boolean =>
  useSyncExternalStore(
    () => () => {},
    () => isApple(),
    () => false,
  );

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
