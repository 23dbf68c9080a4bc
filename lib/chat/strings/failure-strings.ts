import type {
  AccessReason,
  ErrorCode,
  FailureReason,
  GateReason,
  ImageReason,
  LimitReason,
  StoreReason,
} from '../errors';

/** The server's error codes, and the two that only a browser can know. */
export type FailureCode = ErrorCode | 'network' | 'offline';

/**
 * Also includes failures that only the browser detects. `intercepted`: something other than the server
 * answered, such as a sign-in page. `proxy_size`: a proxy refuses a body of this size. `unconfirmed`: the
 * server answers but does not have the message. `delayed`: a proxy holds replies back. `no_cookies`: the browser does not
 * keep the guest cookie. `not_stored`: the browser stores nothing more for this site.
 */
export type BrowserReason =
  | 'intercepted'
  | 'proxy_size'
  | 'unconfirmed'
  | 'delayed'
  | 'no_cookies'
  | 'not_stored';

/** What happened (`what`) and what to do about it (`next`), a sentence each. */
export interface FailureStrings {
  what: string;
  next: string;
}

/** Every code and reason has sentences of its own in every language: one without them does not compile. */
export interface FailureTables {
  codes: Record<FailureCode, FailureStrings>;
  reasons: Record<FailureReason | ImageReason | AccessReason | LimitReason, FailureStrings>;
  /** Those that have loaded. */
  storage: Partial<StorageFailures>;
}

export type StorageFailures = Record<StoreReason | GateReason | BrowserReason, FailureStrings>;
