import type { ErrorReason } from '@/lib/chat/errors';
import { isErrorCode } from '@/lib/chat/errors';
import { ApiError, type ClientErrorCode } from './client-error';

/** What an answer without our error body means: it comes from a proxy in between, or from the platform. */
const BY_STATUS: Readonly<Record<number, ClientErrorCode>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not_found',
  413: 'too_large',
  429: 'rate_limited',
  500: 'internal',
};

/** The error that an answer tells; `network` where the server itself did not speak. */
export async function readError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = fieldsOf(fieldsOf(body).error);
  const code = isErrorCode(error.code) ? error.code : (BY_STATUS[response.status] ?? 'network');
  const retryAfterMs = numberOf(error.retryAfterMs) ?? secondsToMs(response.headers.get('retry-after'));
  return new ApiError(
    {
      code,
      ...(typeof error.reason === 'string' && { reason: error.reason as ErrorReason }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(typeof error.activeTurnId === 'string' && { activeTurnId: error.activeTurnId }),
    },
    response.status,
  );
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** `Retry-After` in seconds (RFC 9110, 10.2.3); its other form, a date, is not used by us. */
const secondsToMs = (header: string | null): number | undefined => {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
};
