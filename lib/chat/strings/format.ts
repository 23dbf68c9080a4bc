const DAY_MS = 86_400_000;

/** A date such as `22 Dec`, with its year if it is more than 300 days away. In the browser's time zone. */
export function calendarDay(locale: string, ms: number, now: number): string {
  const isNear = Math.abs(ms - now) < 300 * DAY_MS;
  const month = locale.startsWith('zh') ? 'long' : 'short';
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month,
    ...(!isNear && { year: 'numeric' }),
  }).format(ms);
}

/** The time if it is today, else the date: enough to recognise a conversation. */
export function moment(locale: string, ms: number, now: number): string {
  const isToday = new Date(ms).toDateString() === new Date(now).toDateString();
  if (!isToday) return calendarDay(locale, ms, now);
  return clockTime(locale, ms);
}

/** A time of the day: `14:05`. In the browser's time zone. */
export const clockTime = (locale: string, ms: number): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);

/** The next midnight in UTC, when the server's limits of a day begin anew. */
export const nextUtcDay = (ms: number): number => (Math.floor(ms / DAY_MS) + 1) * DAY_MS;

/** A whole number with its digits grouped: `1,204`. */
export const count = (locale: string, value: number): string => new Intl.NumberFormat(locale).format(value);

/** Milliseconds as seconds with one decimal: `1.2`. */
export const tenths = (locale: string, ms: number): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 1000);

/** A date and time: `22 Dec 2026, 14:05`. In the browser's time zone. */
export const dayAndTime = (locale: string, ms: number): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);

/** Bytes as megabytes (of 1024² bytes), for the limits of images. */
export const megabytes = (bytes: number): number => bytes / 1024 ** 2;

/** A space goes between a Chinese character and a name that begins with a Latin letter. */
export const afterHan = (name: string): string => (/^\w/.test(name) ? ` ${name}` : name);
