import { readErrorFields } from '@/lib/chat/read-wire';
import { ApiError, type ClientErrorInfo, INTERCEPTED } from './client-error';

/** The meaning of a status in an answer without our error body, which our server always sends. */
const FROM_PROXY: Readonly<Record<number, ClientErrorInfo>> = {
  401: { code: 'unauthorized' },
  413: { code: 'too_large', reason: 'proxy_size' },
  429: { code: 'rate_limited', reason: 'address' },
  500: { code: 'internal' },
};

/** 502 to 504: the proxy cannot reach the server, or has stopped waiting for it. */
const UNREACHABLE: ClientErrorInfo = { code: 'network' };

/** Reads a failed response. A response without our error body comes from something in front of the server. */
export async function readError(response: Response, now: number): Promise<ApiError> {
  const { code, ...fields } = readErrorFields(await response.json().catch(() => null)) ?? {};
  const info = code
    ? { code, ...fields }
    : (FROM_PROXY[response.status] ?? (response.status > 500 ? UNREACHABLE : INTERCEPTED));
  const wait = fields.retryAfterMs ?? waitOf(response.headers.get('retry-after'), now);
  return new ApiError({ ...info, ...(wait !== undefined && { retryAfterMs: wait }) }, response.status);
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). Our server sends seconds. */
function waitOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms >= 0 ? ms : undefined;
}
