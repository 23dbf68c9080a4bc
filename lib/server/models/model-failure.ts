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

/** Where a status says more than its reason does. */
const BY_STATUS: Record<number, string> = {
  400: 'The model provider did not accept the request. The conversation may be too long for this model.',
  402: 'The account at the model provider has no credit left.',
  404: 'The model provider does not know this model, or its address is wrong.',
  413: 'The conversation is too long for this model.',
};

/** Node's and undici's names for what happened on the wire; any other means that no connection came about. */
const BY_NETWORK_CODE: Record<string, FailureReason> = {
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
  UND_ERR_HEADERS_TIMEOUT: 'stalled',
  UND_ERR_BODY_TIMEOUT: 'stalled',
};

/** A chunk that is no JSON, or JSON of another form; a stream that ended too early. */
const UNREADABLE = [JSONParseError, TypeValidationError, InvalidResponseDataError];

/** A failure in our own words. `cause` must be free of text, keys and addresses. */
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

/** Sorts what the AI SDK threw. `now`: ms, for a `Retry-After` that is a date. */
export function toModelFailure(error: unknown, now: number): ModelFailure {
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  const reason = reasonOf(error, status);
  const retryAfterMs = APICallError.isInstance(error) ? retryAfterOf(error.responseHeaders, now) : undefined;
  return {
    ...modelFailure(reason, traceOf(error), (status && BY_STATUS[status]) || undefined),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Sorts an error that came as a part of the stream: the SDK's own, or what the vendor told. */
export const streamFailure = (error: unknown, now: number): ModelFailure =>
  UNREADABLE.some((kind) => kind.isInstance(error)) || APICallError.isInstance(error)
    ? toModelFailure(error, now)
    : inBandFailure(error);

/** Sorts an error object that came inside a stream of status 200: `{code, type, …}`, or bare words. */
export function inBandFailure(error: unknown): ModelFailure {
  const names = ['code', 'type', 'status', 'statusCode']
    .map((field) => nameIn(error, field))
    .filter((name) => name !== undefined);
  const said = names.join(' ');
  if (/rate.?limit|too.?many|quota|throttl|\b429\b/i.test(said))
    return modelFailure('rate_limited', { inBand: names });
  if (/auth|api.?key|permission|forbidden|\b40[13]\b/i.test(said))
    return modelFailure('auth', { inBand: names });
  return modelFailure('upstream', { inBand: names });
}

function reasonOf(error: unknown, status: number | undefined): FailureReason {
  if (EmptyResponseBodyError.isInstance(error)) return 'empty';
  // The SDK's word for a stream that ended without a finish reason.
  if (InvalidResponseDataError.isInstance(error)) return 'cut';
  if (UNREADABLE.some((kind) => kind.isInstance(error))) return 'malformed';
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rate_limited';
  if (status !== undefined && status >= 300) return 'upstream';
  const code = chainOf(error)
    .map((link) => nameIn(link, 'code'))
    .find((name) => name !== undefined && name in BY_NETWORK_CODE);
  if (code !== undefined) return BY_NETWORK_CODE[code] ?? 'cut';
  // The response had begun: whatever broke now broke in the middle of it.
  return status === undefined ? 'unreachable' : 'cut';
}

/** Names, codes and statuses of an error and its causes: what a log may hold. */
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

/** A field that is a plain name or number; anything longer could hold what people typed. */
function nameIn(value: unknown, field: string): string | undefined {
  const found = fieldOf(value, field);
  const name = typeof found === 'number' ? String(found) : found;
  return typeof name === 'string' && /^[\w.-]{1,64}$/.test(name) ? name : undefined;
}
