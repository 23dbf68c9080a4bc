import type { ErrorCode, ErrorReason } from './errors';

/**
 * The HTTP status and the message of each code. The message is for users of the API and the log: the page shows its own
 * text for each code and reason, from `lib/chat/strings`. Apart from `errors.ts`, so that the browser does not load it.
 */
const ERRORS: Record<ErrorCode, readonly [status: number, message: string]> = {
  bad_request: [400, 'The request is not valid.'],
  unauthorized: [401, 'You do not have access. Sign in and try again.'],
  forbidden: [403, 'This request came from another site or under a name that is not this server’s.'],
  not_found: [404, 'Nothing was found under this id.'],
  method_not_allowed: [405, 'This address does not take this method.'],
  turn_in_progress: [409, 'A reply is still being written in this conversation.'],
  wrong_assistant: [409, 'This conversation belongs to another assistant.'],
  turn_mismatch: [422, 'This turn was already sent with different content.'],
  too_large: [413, 'The message is too long.'],
  unsupported_image: [415, 'This image format is not supported. Use PNG, JPEG, WebP or GIF.'],
  rate_limited: [429, 'You are sending messages too fast. Try again in a moment.'],
  quota_exceeded: [429, 'A limit of this server is used up. Try again when it is renewed.'],
  internal: [500, 'Something went wrong on the server. Try again.'],
  model_unavailable: [503, 'This model is not set up on this server.'],
  store_unavailable: [503, 'Conversation storage is unavailable. Try again in a moment.'],
  paused: [503, 'The owner of this server has paused new messages. Try again later.'],
  shutting_down: [503, 'The server is restarting. Try again in a moment.'],
  // Not an HTTP error: once a turn has begun, a failure of the model is an event in a 200 stream.
  model_failed: [200, 'The model did not reply.'],
};

export const statusOf = (code: ErrorCode): number => ERRORS[code][0];

export const messageOf = (code: ErrorCode): string => ERRORS[code][1];

export interface ErrorDetails {
  message?: string;
  reason?: ErrorReason;
  activeTurnId?: string;
  retryAfterMs?: number;
  /** For the log; never sent to a client. */
  cause?: unknown;
}

const BRAND = Symbol.for('confab.ChatError');

/**
 * The only error class of the API. Its message can be shown to users; the details are in `cause`.
 *
 * Next bundles the routes and `instrumentation.ts` separately, each with its own copy of this class, and a store created
 * in one throws into the other. So `instanceof` checks a brand: without it, every outage became a 500.
 */
export class ChatError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  override readonly name = 'ChatError';
  readonly code: ErrorCode;
  readonly reason?: ErrorReason;
  readonly activeTurnId?: string;
  readonly retryAfterMs?: number;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.message ?? messageOf(code), { cause: details.cause });
    this.code = code;
    this.reason = details.reason;
    this.activeTurnId = details.activeTurnId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
