import type { Language } from '@/lib/chat/language';

const LONGEST_ZONE = 64;
/** The names of the IANA database, not an offset such as `+02:00`, which knows no summer time. */
const ZONE = /^[A-Za-z][A-Za-z0-9_+\-/]*$/;

/** The zone if this server knows it, or else UTC. */
export function knownTimeZone(zone: string): string {
  if (zone.length > LONGEST_ZONE || !ZONE.test(zone)) return 'UTC';
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

const LOCALES: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };
const SENTENCES: Record<Language, (date: string, zone: string) => string> = {
  en: (date, zone) => `Today is ${date} (time zone ${zone}).`,
  zh: (date, zone) => `今天是${date}（时区 ${zone}）。`,
};

/** A sentence for the model: the date at `now`, in ms since the epoch, in a zone that this server knows. */
export function dateSentence(now: number, language: Language, zone = 'UTC'): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'full', timeZone: zone });
  return SENTENCES[language](format.format(now), zone);
}
