import type { ErrorCode, ErrorReason } from './errors';
import type { FinishReason } from './finish-reason';

/**
 * `streaming` is the only live status. `interrupted` means that the process that produced the reply died, or had to end
 * before the reply did: such a turn never looks finished.
 */
export type TurnStatus = 'streaming' | 'done' | 'stopped' | 'failed' | 'interrupted';

export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';

const IMAGE_TYPES: Record<ImageType, true> = {
  'image/png': true,
  'image/jpeg': true,
  'image/webp': true,
  'image/gif': true,
};

export const isImageType = (value: unknown): value is ImageType =>
  typeof value === 'string' && Object.hasOwn(IMAGE_TYPES, value);

/** An image stored under its owner. A turn refers to it by id and never holds its bytes. */
export interface ImageRef {
  id: string;
  type: ImageType;
  /** Pixels. */
  width: number;
  height: number;
}

export interface TurnError {
  code: ErrorCode;
  reason?: ErrorReason;
  retryAfterMs?: number;
  /** In English, for users of the API; the page shows its own text by code and reason. */
  message: string;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  reasoningTokens?: number;
}

/**
 * A user message and the reply to it: one value, always written as a whole. Turns form a tree: those with the same
 * `parentId` are versions of each other.
 */
export interface Turn {
  /** Version of this record format. */
  v: 1;
  /** Chosen by the client (UUIDv7); also the idempotency key of the send. */
  id: string;
  /** The turn before this one; null for a root. */
  parentId: string | null;
  /** 0 for a root. */
  depth: number;
  assistantId: string;
  /** Milliseconds since the epoch, by the server's clock. */
  createdAt: number;
  updatedAt: number;
  /** `from` is reserved: where a message that was copied from another conversation comes from. Nothing writes it yet. */
  user: { content: string; images: ImageRef[]; from?: { assistantId: string; turnId: string } };
  /** `model` is `provider:model`. */
  reply: { content: string; reasoning: string; images: ImageRef[]; model: string };
  status: TurnStatus;
  error?: TurnError;
  /** Only of a `done` turn. */
  finishReason?: FinishReason;
  usage?: Usage;
  /** Milliseconds since the turn began; `thoughtMs` is the duration of the reasoning. */
  timing?: { firstTokenMs: number; totalMs: number; thoughtMs?: number };
  /** What the model was sent with this turn: earlier turns sent, turns dropped because they did not fit, and images. */
  context?: { sent: number; dropped: number; images: number };
  /** When it was deleted: hidden, not sent to the model, and restorable for 10 minutes. */
  deletedAt?: number;
}

export const isLive = (turn: Pick<Turn, 'status'>): boolean => turn.status === 'streaming';

export interface TurnStart {
  id: string;
  assistantId: string;
  content: string;
  images?: ImageRef[];
  /** Of a continued reply: a copy of the text so far, with which this reply starts. */
  replyStart?: Pick<Turn['reply'], 'content' | 'reasoning'>;
  model: string;
  now: number;
}

/** A new turn. The store sets its parent and depth. */
export function startTurn({
  id,
  assistantId,
  content,
  images = [],
  replyStart = { content: '', reasoning: '' },
  model,
  now,
}: TurnStart): Turn {
  return {
    v: 1,
    id,
    parentId: null,
    depth: 0,
    assistantId,
    createdAt: now,
    updatedAt: now,
    user: { content, images },
    reply: { ...replyStart, images: [], model },
    status: 'streaming',
  };
}
