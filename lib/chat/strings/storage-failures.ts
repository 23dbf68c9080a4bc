import type { Language } from '../language';
import { storageFailures as en } from './en/storage-failures';
import { stringsFor } from './index';
import type { Strings } from './strings';
import { storageFailures as zh } from './zh/storage-failures';

const withStorage = (strings: Strings, storage: typeof en): Strings => ({
  ...strings,
  failures: { ...strings.failures, storage },
});

const STRINGS: Record<Language, Strings> = {
  en: withStorage(stringsFor('en'), en),
  zh: withStorage(stringsFor('zh'), zh),
};

/** The strings of the first load with those about failures of storage. They load when storage fails. */
export const stringsWithStorage = (language: Language): Strings => STRINGS[language];
