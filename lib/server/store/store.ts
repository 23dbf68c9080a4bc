import type { Session } from '@/lib/chat/session';
import type { ImageRef, Turn } from '@/lib/chat/turn';

/** Every call names the owner: ids alone give no access. A foreign session is the same as an unknown one. */
export interface SessionRef {
  owner: string;
  sessionId: string;
}

export interface TurnRef extends SessionRef {
  turnId: string;
}

/** The right to write a live turn. Whoever holds the token may write until somebody settles the turn. */
export interface Lease {
  token: string;
  /** Milliseconds since the epoch. A lease that ran out is still good until the turn is settled. */
  endsAt: number;
  /** Somebody asked for a stop; the producer learns it from the answer to its next write. */
  stop: boolean;
}

/** `lease` is null when the turn is terminal. */
export interface StoredTurn {
  turn: Turn;
  lease: Lease | null;
}

export interface BeginRequest {
  owner: string;
  sessionId: string;
  /** Status `streaming`. Its `parentId` and `depth` are the store's to decide; `assistantId` is the session's. */
  turn: Turn;
  /** undefined: after the session's head. null: a new root. An id: after that turn (a version, if it has children). */
  parentId?: string | null;
  lease: { token: string; endsAt: number };
  /** For a session that has none: its title. */
  title: string;
  /** The last words, for the list of sessions. */
  preview: string;
  /** How long a session without a choice of its own is kept after its last turn; null = for ever. */
  ttlMs: number | null;
  /** How many turns of the path before this one to return. */
  contextTurns: number;
  now: number;
}

export type BeginResult =
  /**
   * The turn is stored, is the head, and holds the session. `path`: the last `contextTurns` undeleted turns before
   * it, oldest first; `pathTotal`: how many undeleted turns are before it in all.
   */
  | { kind: 'begun'; turn: Turn; session: Session; path: Turn[]; pathTotal: number }
  /**
   * This turn id exists in this session (or in what a clear or remove took away and can still be restored): nothing
   * was changed. A begin made again with the same lease token, because its answer was lost, is `begun`.
   */
  | { kind: 'exists'; stored: StoredTurn }
  /** Another live turn holds the session. `expired`: its lease ran out by `now`; settle it and begin again. */
  | { kind: 'busy'; stored: StoredTurn; expired: boolean }
  | { kind: 'wrong_assistant'; assistantId: string }
  | { kind: 'unknown_parent' };

export interface WriteRequest extends TurnRef {
  /** The write counts only if the turn is still `streaming` and this token holds it. */
  token: string;
  /** The turn as it is now. Left out: only the lease is renewed. A terminal status ends the turn and the lease. */
  turn?: Turn;
  /** With a terminal turn: the last words, for the list of sessions. */
  preview?: string;
  /** The lease's new end; without meaning for a terminal turn. */
  endsAt: number;
  /** Set by who settles a dead producer's turn: the write counts only if the lease has run out by `now`. */
  ifExpired?: boolean;
  now: number;
}

export type WriteResult =
  | { held: true; stop: boolean }
  /** Nothing was written. `stored` is what stands there now (null: the turn is gone, cleared or deleted). */
  | { held: false; stored: StoredTurn | null };

export interface HistoryPage {
  /** null: no such session for this owner. */
  session: Session | null;
  /** Undeleted turns on the shown path. */
  total: number;
  /** A page of the shown path, undeleted turns only, oldest first. */
  turns: StoredTurn[];
  /** For every turn of the page that has versions: the ids of all undeleted siblings, itself included, oldest first. */
  versions: Record<string, string[]>;
  /** For every version named there: a hash of its user message, the same where text and images are (`hashUserMessage`). */
  userHashes: Record<string, string>;
  /** The `before` of the next older page; null when this page reaches the root. */
  nextBefore: string | null;
}

export interface SessionsPage {
  sessions: Session[];
  total: number;
  /** The `before` of the next page: the id of the last session of this one; null at the end. */
  nextBefore: string | null;
}

export interface SessionChange {
  title?: string;
  pinned?: boolean;
  /** Any turn of the tree: the shown path becomes the one through it, down to the leaf last shown below it. */
  headTurnId?: string;
  /**
   * A choice of this session's own: kept this long after its last turn, or after the choice, whichever is later;
   * null = for ever.
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
  /** A turn is live: stop it first (`requestStop`, then settle it), then remove again. */
  | { kind: 'busy'; stored: StoredTurn };

export interface ImageOf {
  owner: string;
  imageId: string;
}

/** An image with its bytes. Its id is made from them: what has one id is one image. */
export interface StoredImage extends ImageRef {
  data: Uint8Array;
}

/** How long a clear, a delete of a session or a delete of a turn can be undone. */
export const UNDO_MS = 10 * 60_000;

/** How long an upload is kept that no turn refers to: the browser keeps drafts, and what they hold, for as long as it can. */
export const UPLOAD_MS = 30 * 86_400_000;

/** The longest that an image is kept after the last turn that refers to it. */
export const IMAGE_GRACE_MS = 86_400_000;

/**
 * Where conversations are kept. `now` (ms, the caller's clock) is an argument of every call, so that nothing here
 * reads a clock. Every method is atomic by itself, and rejects with `ChatError('store_unavailable', {cause})` when
 * the backend fails: never an empty answer for a failed read.
 * The cost of a call does not grow with the length of a conversation (except `change` with a head, `restore` after
 * new turns, which grow with what they move).
 */
export interface Store {
  readonly driver: 'sqlite' | 'redis' | 'upstash';
  /** False when all is lost with the process (`:memory:`). */
  readonly durable: boolean;

  /**
   * Stores a new live turn and takes the session's lease: one atomic step, one round trip. From here on an image that
   * the turn refers to is kept as long as this turn, or any other that refers to it, can be read or restored, and is
   * gone at most `IMAGE_GRACE_MS` after the last of them.
   */
  begin(request: BeginRequest): Promise<BeginResult>;
  /** Save, renew, finish, settle: one compare-and-set. A terminal turn never changes. */
  write(request: WriteRequest): Promise<WriteResult>;
  /** Sets the stop flag of a live turn. null: unknown. Of a terminal turn: that turn. */
  requestStop(ref: TurnRef & { now: number }): Promise<StoredTurn | null>;

  turn(ref: TurnRef & { now: number }): Promise<StoredTurn | null>;
  session(ref: SessionRef & { now: number }): Promise<Session | null>;
  /** The newest `limit` turns of the shown path, or those before the turn `before` (unknown there: an empty page). */
  history(query: SessionRef & { limit: number; before?: string; now: number }): Promise<HistoryPage>;
  /**
   * Newest first, pinned on top; of one assistant or of all, from the first or after the session `before` (unknown:
   * an empty page). `total` counts the same selection.
   */
  sessions(query: {
    owner: string;
    assistantId?: string;
    limit: number;
    before?: string;
    now: number;
  }): Promise<SessionsPage>;

  change(request: SessionRef & { change: SessionChange; now: number }): Promise<ChangeResult>;
  /**
   * The session stays, empty; its turns are kept aside (an epoch) for `UNDO_MS`. Of an empty session: nothing
   * changes, and an earlier clear can still be undone.
   */
  clear(ref: SessionRef & { now: number }): Promise<RemoveResult>;
  /** The session and its turns are hidden for `UNDO_MS`, then gone. */
  remove(ref: SessionRef & { now: number }): Promise<RemoveResult>;
  /**
   * Undoes the last clear or remove within `UNDO_MS` (called again: the one before). What is restored is shown; turns
   * sent since then become versions beside it. `unknown`: there is nothing to undo.
   */
  restore(ref: SessionRef & { now: number }): Promise<ChangeResult>;

  /** Hides one finished turn (its children stay). After `UNDO_MS` its text is blanked at the session's next access. */
  removeTurn(ref: TurnRef & { now: number }): Promise<RemoveResult>;
  restoreTurn(ref: TurnRef & { now: number }): Promise<StoredTurn | null>;

  /**
   * Stores an image under its owner, for `ttlMs` at least while no turn refers to it (`UPLOAD_MS` for an upload). Put
   * again: stored once, kept for the longer of the two, and whole again if a part of it was lost. Not atomic, but
   * never seen in part.
   */
  putImage(request: { owner: string; image: StoredImage; ttlMs: number; now: number }): Promise<void>;
  /** null: no such image of this owner. Rejects with the reason `corrupt_record` when a part of it is missing. */
  image(ref: ImageOf & { now: number }): Promise<StoredImage | null>;

  /** The secret kept under `name`: the one stored first wins; `candidate` is stored if there is none. */
  secret(name: string, candidate: string): Promise<string>;
  /** Runs a real command (a write or a read of a key, not a PING: over quota, PING still answers). */
  check(): Promise<void>;
  close(): Promise<void>;
}
