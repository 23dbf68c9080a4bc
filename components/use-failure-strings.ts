import { stringsFor } from '@/lib/chat/strings';
import type { Failure } from '@/lib/chat/strings/failure-text';
import type { Strings } from '@/lib/chat/strings/strings';
import { LazyPart, useLazyPart } from './ui/lazy/lazy-part';
import { useLanguage } from './use-strings';

const STORAGE_STRINGS = new LazyPart(() =>
  import('@/lib/chat/strings/storage-failures').then(({ stringsWithStorage }) => stringsWithStorage),
);

/**
 * The strings for this failure. The explanations of storage, cookie and proxy failures load when first
 * needed. Until then, the text for the error code is shown.
 */
export function useFailureStrings(failure: Pick<Failure, 'code' | 'reason'> | null | undefined): Strings {
  const language = useLanguage();
  const strings = stringsFor(language);
  const { code, reason } = failure ?? {};
  const isLate = code === 'store_unavailable' || (!!reason && !(reason in strings.failures.reasons));
  return useLazyPart(STORAGE_STRINGS, isLate)?.(language) ?? strings;
}
