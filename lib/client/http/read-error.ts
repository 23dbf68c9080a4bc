import { readErrorFields } from '@/lib/chat/read-wire';
import { ApiError, type ClientErrorCode } from './client-error';

/** The code of a response without Confab's error body, such as one from a proxy. */
const BY_STATUS: Readonly<Record<number, ClientErrorCode>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  429: 'rate_limited',
  500: 'internal',
};

/**
 * Reads a failed response. Without Confab's error body, the status decides; the code is `network` if the status says
 * nothing.
 */
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
