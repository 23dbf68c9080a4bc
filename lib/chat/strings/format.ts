const DAY_MS = 86_400_000;

/** A day without its year while it is near (`22 Dec`), with it beyond 300 days. In the reader's own time zone. */
export function calendarDay(locale: string, ms: number, now: number): string {
  const near = Math.abs(ms - now) < 300 * DAY_MS;
  const month = locale.startsWith('zh') ? 'long' : 'short';
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month, ...(!near && { year: 'numeric' }) }).format(
    ms,
  );
}

/** The time of day for today, else the day: enough to find a conversation again. */
export function moment(locale: string, ms: number, now: number): string {
  const today = new Date(ms).toDateString() === new Date(now).toDateString();
  if (!today) return calendarDay(locale, ms, now);
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(ms);
}

/** A whole number with the digits grouped as the language does. */
export const count = (locale: string, value: number): string => new Intl.NumberFormat(locale).format(value);

/** Milliseconds as seconds with one decimal: `1.2`. */
export const tenths = (locale: string, ms: number): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 1000);

/** A day and its time, whole: `22 Dec 2026, 14:05`. In the reader's own time zone. */
export const dayAndTime = (locale: string, ms: number): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
