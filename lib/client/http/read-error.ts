import { readErrorFields } from '@/lib/chat/read-wire';
import { ApiError, type ClientErrorCode } from './client-error';

/**
 * What an answer without an error body of ours means: it comes from a proxy in between, or from the platform.
 */
const BY_STATUS: Readonly<Record<number, ClientErrorCode>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not_found',
  413: 'too_large',
  429: 'rate_limited',
  500: 'internal',
};

/** The error of an answer beyond 2xx; `network` where something other than our server has answered. */
export async function readError(response: Response): Promise<ApiError> {
  const { code, retryAfterMs, ...rest } = readErrorFields(await response.json().catch(() => null)) ?? {};
  const wait = retryAfterMs ?? secondsToMs(response.headers.get('retry-after'));
  return new ApiError(
    {
      code: code ?? BY_STATUS[response.status] ?? 'network',
      ...rest,
      ...(wait !== undefined && { retryAfterMs: wait }),
    },
    response.status,
  );
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3); our server does not use its other form, a date. */
const secondsToMs = (header: string | null): number | undefined => {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
};
