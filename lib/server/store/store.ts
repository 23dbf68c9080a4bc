import type { Session } from '@/lib/chat/session';
import type { StoreWarning } from '@/lib/chat/store-warnings';
import type { ImageRef, Turn } from '@/lib/chat/turn';
import type { Limits, RateAnswer, RateRequest, Refusal, TurnUse } from './limits';

/** Every call names the owner: ids alone give no access, and another owner's session is an unknown one. */
export interface SessionRef {
  owner: string;
  sessionId: string;
}

export interface TurnRef extends SessionRef {
  turnId: string;
}

/** The right to write a live turn. Its token stays valid until the turn has ended, even after `endsAt`. */
export interface Lease {
  token: string;
  /** Milliseconds since the epoch. From then on anybody may settle the turn. */
  endsAt: number;
  /** A stop was requested. The producer reads it from the answer to its next write. */
  stop: boolean;
}

/** A turn, with its lease if it is live; a terminal turn has none. */
export interface StoredTurn {
  turn: Turn;
  lease: Lease | null;
}

/** A browser that acts for an owner, with the time its cookie was issued. */
export interface DeviceClaim {
  id: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
}

/** A device that is signed in. */
export interface Device {
  id: string;
  /** Its person's name for it, or else the browser and the system. */
  name: string;
  createdAt: number;
  /** Exact to `SEEN_EVERY_MS`. */
  lastSeenAt: number;
}

export interface DeviceRef {
  owner: string;
  deviceId: string;
}

export type JoinResult =
  | { kind: 'joined' }
  /** A turn is live: call `requestStop`, wait for its end or settle it, then call again. */
  | { kind: 'busy'; sessionId: string; turnId: string }
  /** The device may not act for `from`; nothing was moved. A join to the same owner that has begun may go on. */
  | { kind: 'revoked' };

export interface BeginRequest {
  owner: string;
  /** Left out: the request was not made with a device's cookie. */
  device?: DeviceClaim;
  sessionId: string;
  /** Has the status `streaming` and the session's `assistantId`. The store sets its `parentId` and `depth`. */
  turn: Turn;
  /** The turn to answer after; undefined: the session's head, null: none (a new root). */
  parentId?: string | null;
  /** The last turn that the sender sees. If the session does not have it, nothing is stored. */
  lastTurnId?: string;
  lease: { token: string; endsAt: number };
  /** Set if the session has no title yet. */
  title: string;
  /** The end of the latest message, for the list of sessions. */
  preview: string;
  /** How long the session is kept after its last turn, unless it has its own setting; null = forever. */
  ttlMs: number | null;
  /** At most this many turns of the path before this one are returned. */
  contextTurns: number;
  /** What a new turn may take. Left out: nothing is limited, and nothing is counted. */
  limits?: Limits;
  now: number;
}

export type BeginResult =
  /**
   * The turn is stored, is the session's head, and holds its lease. `path`: the last `contextTurns` undeleted turns
   * before it, oldest first. `pathTotal`: how many undeleted turns are before it in all. A begin that is repeated with
   * the same lease token, because its answer was lost, is `begun` again.
   */
  | { kind: 'begun'; turn: Turn; session: Session; path: Turn[]; pathTotal: number }
  /** This session, or an undo snapshot of it, already has a turn with this id; nothing was changed. */
  | { kind: 'exists'; stored: StoredTurn }
  /** Another turn of the session is live. `expired`: its lease has run out by `now`; settle it and begin again. */
  | { kind: 'busy'; stored: StoredTurn; expired: boolean }
  | { kind: 'wrong_assistant'; assistantId: string }
  | { kind: 'unknown_parent' }
  /**
   * The session does not have the turn `lastTurnId`: the conversation that the sender sees is no longer
   * stored.
   */
  | { kind: 'gone' }
  /** The device was signed out; see `seeDevice`. */
  | { kind: 'revoked' }
  /** A limit is used up; nothing was stored. Only a turn that would have begun is limited, and taken from the limits. */
  | { kind: 'limited'; refusal: Refusal };

export interface WriteRequest extends TurnRef {
  /** The write is refused unless the turn is still `streaming` and this is the token of its lease. */
  token: string;
  /** The whole turn as it is now. Left out: the lease is renewed. A terminal status ends the turn and the lease. */
  turn?: Turn;
  /** With a terminal turn: the end of the reply, for the list of sessions. Left out: the preview stays. */
  preview?: string;
  /** With a terminal turn: added once to the day's counters of the guest (if its begin had limits) and of the server. */
  use?: TurnUse;
  /** When the renewed lease ends; ignored for a terminal turn. */
  endsAt: number;
  /** To settle the turn of a dead producer: the write is refused unless the lease has run out by `now`. */
  ifExpired?: boolean;
  now: number;
}

export type WriteResult =
  | { held: true; stop: boolean }
  /** Nothing was written. `stored`: the turn as it is now; null: it was cleared or removed, or never existed. */
  | { held: false; stored: StoredTurn | null };

export interface HistoryPage {
  /** null: no such session for this owner. */
  session: Session | null;
  /** Undeleted turns on the shown path. */
  total: number;
  /** A page of the shown path, undeleted turns only, oldest first. */
  turns: StoredTurn[];
  /** For every turn of the page that has versions: the ids of all its undeleted versions and its own, oldest first. */
  versions: Record<string, string[]>;
  /** `hashUserMessage` of every turn that is named in `versions`. */
  userHashes: Record<string, string>;
  /** `before` for the next older page; null if there is none. */
  nextBefore: string | null;
}

export interface SessionsPage {
  sessions: Session[];
  total: number;
  /** `before` for the next page; null if there is none. */
  nextBefore: string | null;
}

export interface SessionChange {
  title?: string;
  pinned?: boolean;
  /** Any turn of the session: shows the path through it, down to the leaf below it that was last shown. */
  headTurnId?: string;
  /**
   * How long this session in particular is kept, counted from its last turn or from this change, whichever is later;
   * null = forever.
   */
  ttlMs?: number | null;
}

export type ChangeResult =
  | { kind: 'changed'; session: Session }
  | { kind: 'unknown' }
  | { kind: 'unknown_turn' }
  /** The head cannot change while a turn is live. */
  | { kind: 'busy'; activeTurnId: string };

export type RemoveResult =
  | { kind: 'removed'; undoUntil: number }
  | { kind: 'unknown' }
  /** A turn is live: call `requestStop`, wait for its end or settle it, then call again. */
  | { kind: 'busy'; stored: StoredTurn };

export interface StoredImageRef {
  owner: string;
  imageId: string;
}

/** An image with its bytes. The id is a hash of them, so the same image always has the same id. */
export interface StoredImage extends ImageRef {
  data: Uint8Array;
}

/** How long a clear, a delete of a session or a delete of a turn can be undone. */
export const UNDO_MS = 10 * 60_000;

/** How long an upload is kept that no turn refers to. Drafts and unsent messages in a browser refer to it by its id. */
export const UPLOAD_MS = 30 * 86_400_000;

/** The most bytes of turns that one page of history has, so that answers nobody reads take little memory. */
export const HISTORY_PAGE_BYTES = 2_000_000;

/** How many turns a page reads at a time until it is full. */
export const HISTORY_READ_TURNS = 10;

/** How long an image may still be kept after the last turn that refers to it is gone. */
export const IMAGE_GRACE_MS = 86_400_000;

/** For how long a device is remembered after it was last seen, and a sign-out after it was made: as long as a cookie. */
export const DEVICE_MS = 400 * 86_400_000;

/** How often at most a device's `lastSeenAt` is written. */
export const SEEN_EVERY_MS = 3_600_000;

/**
 * Stores sessions, their turns and images. `now` (ms) is an argument of every call, so that no call reads a clock.
 * Every method is atomic unless it says otherwise. It rejects with `ChatError('store_unavailable', {cause})` when the
 * backend fails, so that a failed read never looks like an empty answer.
 *
 * The cost of a call does not grow with the length of a session. Exceptions: `change` with a head and `restore` after new
 * turns grow with the number of turns they move; `clear`, `remove` and `restore`, and the first `begin` of a day, may grow
 * with the number of the session's images.
 */
export interface Store {
  readonly driver: 'sqlite' | 'redis' | 'upstash';
  /** False if everything is lost when the process ends (`:memory:`). Of Redis, `warnings` knows more. */
  readonly durable: boolean;

  /**
   * Stores a new live turn and takes the session's lease, in one round trip. Creates the session if it is unknown, and
   * renews its expiry. From here on each image of the turn is kept as long as any turn that refers to it can be read or
   * restored, and is gone at most `IMAGE_GRACE_MS` after the last of them.
   */
  begin(request: BeginRequest): Promise<BeginResult>;
  /** Saves, ends or settles a turn, or renews its lease: a compare-and-set on the lease. A terminal turn never changes. */
  write(request: WriteRequest): Promise<WriteResult>;
  /** Sets the stop flag of a live turn; does nothing to a terminal one. Returns the turn, null if it is unknown. */
  requestStop(ref: TurnRef & { now: number }): Promise<StoredTurn | null>;

  turn(ref: TurnRef & { now: number }): Promise<StoredTurn | null>;
  session(ref: SessionRef & { now: number }): Promise<Session | null>;
  /**
   * The newest `limit` turns of the shown path, or of those before the turn `before` (if it is not on it: an empty page).
   * The page ends early, but has one turn at least, where its turns would exceed `HISTORY_PAGE_BYTES` together.
   */
  history(query: SessionRef & { limit: number; before?: string; now: number }): Promise<HistoryPage>;
  /**
   * The sessions of an owner, with one assistant or with all, newest first and pinned ones on top; with `before`, those
   * after that session (if it is unknown: an empty page). `total` counts the same selection.
   */
  sessions(query: {
    owner: string;
    assistantId?: string;
    limit: number;
    before?: string;
    now: number;
  }): Promise<SessionsPage>;

  /** Makes all of the changes or none. */
  change(request: SessionRef & { change: SessionChange; now: number }): Promise<ChangeResult>;
  /**
   * Empties the session, and keeps its turns in an undo snapshot for `UNDO_MS`. An empty session does not change, so that
   * an earlier clear can still be undone.
   */
  clear(ref: SessionRef & { now: number }): Promise<RemoveResult>;
  /** Deletes the session, and keeps it in an undo snapshot for `UNDO_MS`. */
  remove(ref: SessionRef & { now: number }): Promise<RemoveResult>;
  /**
   * Restores the newest undo snapshot; another call restores the one before it. The restored path is shown, and turns sent
   * since then become versions. `unknown`: there is nothing to restore.
   */
  restore(ref: SessionRef & { now: number }): Promise<ChangeResult>;

  /** Deletes one finished turn; its children stay. Its text is blanked at the session's first access after `UNDO_MS`. */
  removeTurn(ref: TurnRef & { now: number }): Promise<RemoveResult>;
  /** Undoes `removeTurn` within `UNDO_MS`. null: the turn is unknown, or it is too late. */
  restoreTurn(ref: TurnRef & { now: number }): Promise<StoredTurn | null>;

  /**
   * Stores an image for its owner, and keeps it for `ttlMs` even if no turn refers to it. The same image again is stored
   * only once, is kept for the longer of the two times, and is repaired if a part of it was lost. Not atomic, but no
   * reader ever sees a part of an image. With `limits`, an image that is not stored yet is taken from them first, in an
   * atomic step; if one of them is used up, nothing is stored. Nor is anything if `device` was signed out meanwhile, or
   * everything of the owner was deleted: `revoked`.
   */
  putImage(request: {
    owner: string;
    device?: DeviceClaim;
    image: StoredImage;
    ttlMs: number;
    limits?: Limits;
    now: number;
  }): Promise<Refusal | 'revoked' | null>;
  /** null: this owner has no such image. Rejects with the reason `corrupt_record` if a part of it is missing. */
  image(ref: StoredImageRef & { now: number }): Promise<StoredImage | null>;

  /**
   * Whether a device may act for its owner: false once it was revoked, or if `deleteOwner` was called since its cookie
   * was issued. Notes when it was seen. A new device is recorded, under `name`, once its owner has a conversation or another device.
   */
  seeDevice(request: {
    owner: string;
    device: DeviceClaim;
    name: string;
    /** Backends that may lose a single key keep a copy of these secrets with the device. */
    secrets?: readonly string[];
    now: number;
  }): Promise<boolean>;
  /**
   * The copies of secrets kept with an owner's devices. Always empty for backends that cannot lose a single
   * key.
   */
  ownerSecrets(owner: string): Promise<string[]>;
  /** The devices of an owner that may act for it, the one seen last first. */
  devices(query: { owner: string; now: number }): Promise<Device[]>;
  /** False: this owner has no such device. */
  renameDevice(request: DeviceRef & { name: string; now: number }): Promise<boolean>;
  /** Signs a device out, for good. False: this owner has no such device. */
  revokeDevice(request: DeviceRef & { now: number }): Promise<boolean>;
  /**
   * Deletes everything stored for an owner, and refuses all cookies issued until now. Only the time of the call is kept,
   * for `DEVICE_MS`; of an owner who has nothing, not even that, because anybody can make such owners. With `keepsUse`, also
   * what was used of the limits of this day, until it ends. Not atomic, and its cost grows with the size of the store: a call that failed is made again.
   */
  deleteOwner(request: { owner: string; keepsUse?: boolean; now: number }): Promise<void>;
  /**
   * Moves all sessions and images of the owner `from` to the owner `to`, and refuses the cookies of `from` from now on. A
   * session whose id `to` has too gets another id. Not atomic, and its cost grows with what is moved and with the size of
   * the store: a call that failed, or was `busy`, is made again and goes on. Nothing is lost or doubled.
   */
  joinOwner(request: { from: string; device?: DeviceClaim; to: string; now: number }): Promise<JoinResult>;

  /**
   * Takes one from each of these rates, or from none of them, for all processes together and in one round trip. Names are
   * kept in the clear, so they contain no address and no id of a guest.
   */
  takeRates(request: RateRequest): Promise<RateAnswer>;
  /** Gives back one of each of these rates, as if it had not been taken. */
  giveBackRates(request: RateRequest): Promise<void>;
  /** Adds to the server's counters of the UTC day of `now`, which are kept for `DAY_COUNTS_DAYS`. */
  addToDay(request: { add: Readonly<Record<string, number>>; now: number }): Promise<void>;
  /** The server's counters of each of these days (days since the epoch). */
  dayCounts(days: readonly number[]): Promise<Record<string, number>[]>;
  /**
   * Deletes a bounded part of the expired data and gives its space back to the disk. Returns true if there is
   * more to delete. Does nothing if the backend deletes expired data by itself.
   */
  sweep(request: { now: number }): Promise<boolean>;
  /** How much the backend stores in all, in bytes. null: it does not say. */
  storedBytes(): Promise<number | null>;

  /** The secret stored under `name`. If there is none, stores `candidate` first; the first of several callers wins. */
  secret(name: string, candidate: string): Promise<string>;
  /** The secret stored under `name`; null if there is none. Also works while the store refuses writes. */
  readSecret(name: string): Promise<string | null>;
  /** False only if no owner has anything stored. True if that would take too long to find out. */
  mayHoldOwners(): Promise<boolean>;
  /** The value last stored under `name` by `putSetting`; null if there is none. Shared by all processes. */
  setting(name: string): Promise<string | null>;
  /** null removes it. */
  putSetting(name: string, value: string | null): Promise<void>;
  /** Resolves if the store can be written to, in the way that turns are. */
  check(): Promise<void>;
  /** Why what is stored may be lost. None where the backend does not say. */
  warnings(): Promise<StoreWarning[]>;
  close(): Promise<void>;
}
