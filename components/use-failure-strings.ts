import { stringsFor } from '@/lib/chat/strings';
import type { Failure } from '@/lib/chat/strings/failure-text';
import type { Strings } from '@/lib/chat/strings/strings';
import { LazyPart, useLazyPart } from './ui/lazy/lazy-part';
import { useLanguage } from './use-strings';

const STORAGE_STRINGS = new LazyPart(() =>
  import('@/lib/chat/strings/storage-failures').then(({ stringsWithStorage }) => stringsWithStorage),
);

/** The strings for this failure. What is wrong with storage or the cookie loads once it is about that; until then its code is explained. */
export function useFailureStrings(failure: Pick<Failure, 'code'> | null | undefined): Strings {
  const language = useLanguage();
  const code = failure?.code;
  const isWanted = code === 'store_unavailable' || code === 'forbidden';
  const withStorage = useLazyPart(STORAGE_STRINGS, isWanted);
  return withStorage?.(language) ?? stringsFor(language);
}
