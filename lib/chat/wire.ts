import type { Device } from './device';
import type { ErrorCode, ErrorReason, StoreReason } from './errors';
import type { ModelInfo } from './model-info';
import type { Session } from './session';
import type { StoreWarning } from './store-warnings';
import type { ImageRef, Turn } from './turn';

/**
 * The HTTP contract: every request and every answer, once. The route handlers answer with these types, the browser
 * reads them (`read-wire.ts`), and the tests use them. `docs/api.md` says the same in prose; the events of a stream are
 * in `events.ts`.
 */

// Requests

/** The body of `POST /api/chat/stream`. */
export interface SendBody {
  sessionId: string;
  assistantId: string;
  /** The idempotency key: the same id is never sent to the model twice. */
  turnId: string;
  content: string;
  /** Left out: the session's head. null: a new root. */
  parentId?: string | null;
  /**
   * The last turn that the sender sees. If the server does not have that turn, nothing is stored. Otherwise
   * the message would begin a new conversation instead of continuing the one on the page.
   */
  lastTurnId?: string;
  /** Ids of uploaded images. */
  images?: readonly string[];
  /** `provider:model`; left out: the server's default. */
  model?: string;
  /** The turn whose reply is continued: the new turn is a version of it that starts with a copy of its text. */
  continueFrom?: string;
  output?: 'text' | 'image';
  /** The sender's IANA time zone, such as `Europe/Paris`. The model is told the date there; in UTC if it is left out. */
  timeZone?: string;
}

/** The body of `PATCH /api/chat/sessions/{id}`. */
export interface SessionChange {
  title?: string;
  pinned?: boolean;
  /** Shows the version of the conversation that has this turn. */
  headTurnId?: string;
  /** Days that the conversation is kept without activity; 0 = forever. */
  ttlDays?: number;
}

/** The body of `POST /api/access`. */
export interface AccessBody {
  code: string;
}

/** The body of `PATCH /api/guest/devices/{id}`. */
export interface DeviceChange {
  /** 1 to 60 characters. */
  name: string;
}

/** The query of everything that is about a whole session. */
export interface SessionQuery {
  sessionId: string;
}

/** The query of following and stopping a turn. */
export interface TurnQuery extends SessionQuery {
  turnId: string;
}

export interface PageQuery {
  /** 1 to 200; 50 if left out. */
  limit?: number;
  /** `nextBefore` of the page after this one. */
  before?: string;
}

/** The query of `GET /api/chat/history`. */
export interface HistoryQuery extends SessionQuery, PageQuery {}

/** The query of `GET /api/chat/sessions`. */
export interface SessionsQuery extends PageQuery {
  /** Left out: the sessions of all assistants. */
  assistantId?: string;
}

/** The query of `GET /api/remote-image`, whose answer is the picture. */
export interface RemoteImageQuery {
  /** An https address. */
  url: string;
}

// Answers

/** `GET /api/health`: what everybody is told, and all that the page reads; 503 when degraded, with the same body. */
export interface HealthAnswer {
  /** `degraded`: no new message is taken, because the store does not work or the server is shutting down. */
  status: 'ok' | 'degraded';
  store: {
    /** False: everything is lost when the store restarts. */
    durable: boolean;
    ok: boolean;
    /** Why it is not `ok`. */
    reason?: StoreReason;
  };
  models: { demo: boolean };
  /** Why the store may lose what it is given; only in the owner's answer. */
  warnings?: StoreWarning[];
}

/** The same for the owner of the server, who has the admin token; for everybody if none is set. */
export interface OwnerHealthAnswer extends HealthAnswer {
  version: string;
  store: HealthAnswer['store'] & { driver: 'sqlite' | 'redis' | 'upstash'; latencyMs: number };
  models: HealthAnswer['models'] & { configured: string[] };
  warnings: StoreWarning[];
}

/** `GET /api/health/live`, always 200, and `GET /api/health/ready`; 503 when unavailable. */
export interface ProbeAnswer {
  status: 'ok' | 'unavailable';
}

/** An assistant in the language of the request. Its prompt never leaves the server. */
export interface AssistantInfo {
  id: string;
  name: string;
  description: string;
  icon: string;
  /** A CSS colour. */
  color: string;
  /** Degrees on the OKLCH wheel. */
  hue: number;
  greeting: string;
  suggestions: readonly string[];
  builtIn: boolean;
}

/** `GET /api/assistants` */
export interface AssistantsAnswer {
  assistants: AssistantInfo[];
}

/** `GET /api/models` */
export interface ModelsAnswer {
  models: ModelInfo[];
  /** `provider:model` */
  default: string;
}

/** `GET /api/chat/history` */
export interface HistoryAnswer {
  sessionId: string;
  /** null: this owner has no such session (never sent to, expired, or another owner's). */
  assistantId: string | null;
  title: string;
  /** Turns on the shown path that are not deleted. */
  total: number;
  /** Oldest first. */
  turns: Turn[];
  /** For a turn that has versions: the ids of all of them, itself included, oldest first. */
  versions: Record<string, string[]>;
  /** For a turn whose versions differ in the user's message: their ids, grouped by message. */
  wordings?: Record<string, string[][]>;
  activeTurnId: string | null;
  nextBefore: string | null;
}

/** `GET /api/chat/sessions`: newest first, pinned on top. */
export interface SessionsAnswer {
  sessions: Session[];
  total: number;
  nextBefore: string | null;
  /** The request had no guest cookie. From a page, which was given one, it means that the browser does not keep it. */
  cookieMissing?: boolean;
  /** Conversations that this browser had as a guest, before its person signed in. */
  joinable?: number;
}

/** Changing and restoring a session. */
export interface SessionAnswer {
  session: Session;
}

/** Stopping and restoring a turn. */
export interface TurnAnswer {
  turn: Turn;
}

/** Clearing and deleting. */
export interface UndoAnswer {
  /** Until then (ms since the epoch, the server's clock) a restore brings everything back. */
  undoUntil: number;
}

/** `GET /api/guest`: the browsers that act for this guest, this one first. */
export interface DevicesAnswer {
  devices: Device[];
  /** The guest is a person who has signed in. */
  hasAccount?: boolean;
}

/** `POST /api/images`: the image as the server has stored it. */
export interface ImageAnswer extends ImageRef {
  bytes: number;
}

/** Every status beyond 2xx, but for `/api/health`. */
export interface ErrorAnswer {
  error: {
    code: ErrorCode;
    /** English, fit for a user; the page shows its own text by code and reason. */
    message: string;
    reason?: ErrorReason;
    /** With `turn_in_progress`: the turn that holds the session. */
    activeTurnId?: string;
    retryAfterMs?: number;
  };
}

/** The body of any JSON answer. */
export type Answer =
  | HealthAnswer
  | ProbeAnswer
  | AssistantsAnswer
  | ModelsAnswer
  | HistoryAnswer
  | SessionsAnswer
  | SessionAnswer
  | TurnAnswer
  | UndoAnswer
  | ImageAnswer
  | DevicesAnswer
  | ErrorAnswer;
