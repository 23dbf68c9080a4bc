/**
 * How long the provider asks to wait, in milliseconds: `retry-after-ms` (OpenAI), or `Retry-After` in seconds
 * or as a date (RFC 9110, 10.2.3). A date is compared with the response's own `date`, because clocks differ;
 * without one, with `now`.
 */
export function retryAfterOf(headers: Record<string, string> | undefined, now: number): number | undefined {
  const exact = Number(headers?.['retry-after-ms'] ?? Number.NaN);
  if (exact >= 0) return Math.round(exact);
  const value = headers?.['retry-after']?.trim();
  if (!value) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return Math.round(seconds * 1000);
  // `Date.parse` reads plain numbers as dates too.
  const date = Number.isNaN(seconds) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const sentAt = Date.parse(headers?.date ?? '');
  return Math.max(0, date - (Number.isNaN(sentAt) ? now : sentAt));
}
