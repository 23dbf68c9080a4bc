import { stringsFor } from '@/lib/chat/strings';
import type { Failure } from '@/lib/chat/strings/failure-text';
import type { Strings } from '@/lib/chat/strings/strings';
import { LazyPart, useLazyPart } from './ui/lazy/lazy-part';
import { useLanguage } from './use-strings';

const STORAGE_STRINGS = new LazyPart(() =>
  import('@/lib/chat/strings/storage-failures').then(({ stringsWithStorage }) => stringsWithStorage),
);

/**
 * The strings for this failure. What is wrong with storage, with the cookie or between the browser and the server
 * loads once it is about that; until then its code is explained.
 */
export function useFailureStrings(failure: Pick<Failure, 'code' | 'reason'> | null | undefined): Strings {
  const language = useLanguage();
  const strings = stringsFor(language);
  const { code, reason } = failure ?? {};
  const isLate = code === 'store_unavailable' || (!!reason && !(reason in strings.failures.reasons));
  return useLazyPart(STORAGE_STRINGS, isLate)?.(language) ?? strings;
}
