/** The reasons of `model_failed`: why the model failed. */
const FAILURE_REASONS = [
  'auth',
  'rate_limited',
  'unreachable',
  'upstream',
  'cut',
  'malformed',
  'empty',
  'stalled',
] as const;

export type FailureReason = (typeof FAILURE_REASONS)[number];

/**
 * The reasons of `store_unavailable`. `misconfigured`: its address leads to something unusable.
 * `certificate`: its TLS certificate is not trusted. `too_big`: it refuses this one value. `corrupt` means
 * the whole store, `corrupt_record` one session; in the same way `newer` and `newer_record` were written by a
 * newer release. `replaced`: the SQLite file is being replaced under the server. `no_locks`: the folder of
 * the SQLite file does not support locks. `gone`: a turn disappeared while its reply was streaming, because
 * the store came back empty or the session was deleted. `secret_missing`: the store has lost the secret of
 * the guest cookies, and the server is waiting for another instance to write it back. `per_instance` appears
 * only in the health of a working store: each instance of the server has its own, in memory.
 */
export const STORE_REASONS = [
  'unreachable',
  'slow',
  'auth',
  'certificate',
  'misconfigured',
  'quota',
  'too_big',
  'read_only',
  'out_of_memory',
  'full',
  'locked',
  'corrupt',
  'corrupt_record',
  'newer',
  'newer_record',
  'replaced',
  'no_locks',
  'gone',
  'secret_missing',
  'per_instance',
  'unknown',
] as const;

export type StoreReason = (typeof STORE_REASONS)[number];

/** What is wrong with an image in a request. */
const IMAGE_REASONS = [
  'image_bytes',
  'image_pixels',
  'images_together',
  'image_unknown',
  'no_vision',
] as const;

export type ImageReason = (typeof IMAGE_REASONS)[number];

/** Why a request is refused whatever it asks for. */
const GATE_REASONS = ['several_cookies', 'cookie_date'] as const;

export type GateReason = (typeof GATE_REASONS)[number];

/** The reasons of `unauthorized`. */
const ACCESS_REASONS = ['access_code', 'sign_in', 'signed_out'] as const;

export type AccessReason = (typeof ACCESS_REASONS)[number];

/**
 * The reasons of `quota_exceeded` (`storage`, `tokens`, `cost`) and of `rate_limited`; without one, the guest sends too
 * fast. `address`: others in the same network may be the cause.
 */
const LIMIT_REASONS = ['storage', 'tokens', 'cost', 'replies', 'images', 'address'] as const;

export type LimitReason = (typeof LIMIT_REASONS)[number];

export type ErrorReason = FailureReason | StoreReason | ImageReason | GateReason | AccessReason | LimitReason;

const ERROR_REASONS: ReadonlySet<unknown> = new Set<ErrorReason>([
  ...FAILURE_REASONS,
  ...STORE_REASONS,
  ...IMAGE_REASONS,
  ...GATE_REASONS,
  ...ACCESS_REASONS,
  ...LIMIT_REASONS,
]);

export const isErrorReason = (value: unknown): value is ErrorReason => ERROR_REASONS.has(value);

/** All error codes. Their HTTP status and message are in `chat-error.ts`, what the page says in `lib/chat/strings`. */
const ERROR_CODES = [
  'bad_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'turn_in_progress',
  'wrong_assistant',
  'turn_mismatch',
  'too_large',
  'unsupported_image',
  'rate_limited',
  'quota_exceeded',
  'internal',
  'model_unavailable',
  'store_unavailable',
  'paused',
  'shutting_down',
  'model_failed',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

const CODES: ReadonlySet<unknown> = new Set<ErrorCode>(ERROR_CODES);

export const isErrorCode = (value: unknown): value is ErrorCode => CODES.has(value);
