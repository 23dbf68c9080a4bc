import {
  APICallError,
  EmptyResponseBodyError,
  InvalidResponseDataError,
  JSONParseError,
  TypeValidationError,
} from '@ai-sdk/provider';
import type { FailureReason } from '@/lib/chat/errors';
import type { ModelFailure } from './model-part';
import { retryAfterOf } from './retry-after';

const MESSAGES: Record<FailureReason, string> = {
  auth: 'The model provider refused the access that this server has. Its API key must be checked.',
  rate_limited: 'The model provider takes no more requests for now. Wait a moment and try again.',
  unreachable: 'The model provider cannot be reached from this server.',
  upstream: 'The model provider failed to answer. Try again, or choose another model.',
  cut: 'The connection to the model was lost before the reply was complete.',
  malformed: 'The model provider sent something that this server cannot read.',
  empty: 'The model sent an empty reply.',
  stalled: 'The model fell silent before the reply was complete.',
};

/** Messages for statuses that say more than their reason does. */
const BY_STATUS: Record<number, string> = {
  400: 'The model provider did not accept the request. The conversation may be too long for this model.',
  402: 'The account at the model provider has no credit left.',
  404: 'The model provider does not know this model, or its address is wrong.',
  413: 'The conversation is too long for this model.',
};

/** Error codes of Node and undici. Any other code means that no connection was made. */
const BY_NETWORK_CODE: Record<string, FailureReason> = {
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
  UND_ERR_HEADERS_TIMEOUT: 'stalled',
  UND_ERR_BODY_TIMEOUT: 'stalled',
};

/** A chunk that is not JSON, or JSON of another form; a stream that ended too early. */
const UNREADABLE = [JSONParseError, TypeValidationError, InvalidResponseDataError];

/** A failure with our own message. `cause` must hold no text, keys or addresses. */
export const modelFailure = (
  reason: FailureReason,
  cause?: unknown,
  message = MESSAGES[reason],
): ModelFailure => ({
  type: 'failure',
  reason,
  message,
  ...(cause !== undefined && { cause }),
});

/**
 * The failure behind an error that the AI SDK threw. `now`: milliseconds, for a `Retry-After` that is a date.
 */
export function toModelFailure(error: unknown, now: number): ModelFailure {
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  const reason = reasonOf(error, status);
  const retryAfterMs = APICallError.isInstance(error) ? retryAfterOf(error.responseHeaders, now) : undefined;
  return {
    ...modelFailure(reason, traceOf(error), (status && BY_STATUS[status]) || undefined),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The failure behind an `error` part of the stream: the SDK's own error, or the provider's. */
export const streamFailure = (error: unknown, now: number): ModelFailure =>
  UNREADABLE.some((kind) => kind.isInstance(error)) || APICallError.isInstance(error)
    ? toModelFailure(error, now)
    : inBandFailure(error);

/**
 * The failure behind an error inside a stream of status 200: an object like `{code, type, …}`, or a string.
 */
export function inBandFailure(error: unknown): ModelFailure {
  const names = ['code', 'type', 'status', 'statusCode']
    .map((field) => nameIn(error, field))
    .filter((name) => name !== undefined);
  const text = names.join(' ');
  if (/rate.?limit|too.?many|quota|throttl|\b429\b/i.test(text))
    return modelFailure('rate_limited', { inBand: names });
  if (/auth|api.?key|permission|forbidden|\b40[13]\b/i.test(text))
    return modelFailure('auth', { inBand: names });
  return modelFailure('upstream', { inBand: names });
}

function reasonOf(error: unknown, status: number | undefined): FailureReason {
  if (EmptyResponseBodyError.isInstance(error)) return 'empty';
  // The SDK throws this when a stream ends without a finish reason.
  if (InvalidResponseDataError.isInstance(error)) return 'cut';
  if (UNREADABLE.some((kind) => kind.isInstance(error))) return 'malformed';
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rate_limited';
  // A redirect: the address in the settings is not that of the model server.
  if (status !== undefined && status >= 300 && status < 400) return 'unreachable';
  if (status !== undefined && status >= 400) return 'upstream';
  const code = chainOf(error)
    .map((link) => nameIn(link, 'code'))
    .find((name) => name !== undefined && name in BY_NETWORK_CODE);
  if (code !== undefined) return BY_NETWORK_CODE[code] ?? 'cut';
  // With a status the response had begun, so it broke off in the middle.
  return status === undefined ? 'unreachable' : 'cut';
}

/** Names, codes and statuses of an error and its causes: safe to log. */
function traceOf(error: unknown): Record<string, unknown>[] {
  return chainOf(error).map((link) => ({
    name: nameIn(link, 'name') ?? typeof link,
    ...(nameIn(link, 'statusCode') && { status: nameIn(link, 'statusCode') }),
    ...(nameIn(link, 'code') && { code: nameIn(link, 'code') }),
  }));
}

function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (
    let link = error;
    link != null && chain.length < 6 && !chain.includes(link);
    link = fieldOf(link, 'cause')
  )
    chain.push(link);
  return chain;
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;

/** A field if it is a short name or a number; longer text could contain what people typed. */
function nameIn(value: unknown, field: string): string | undefined {
  const found = fieldOf(value, field);
  const name = typeof found === 'number' ? String(found) : found;
  return typeof name === 'string' && /^[\w.-]{1,64}$/.test(name) ? name : undefined;
}
