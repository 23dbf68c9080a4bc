import type { ErrorCode, ErrorReason } from './errors';
import type { FinishReason } from './finish-reason';

/**
 * `streaming` is the only live status. `interrupted` means that the process that produced the reply died:
 * such a turn never looks finished.
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
  /** English, fit for a user; the page has its own words by code and reason. */
  message: string;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  reasoningTokens?: number;
}

/**
 * What the user said and what the assistant answered: one value, always written whole.
 * Turns form a tree: those with one `parentId` are versions of each other.
 */
export interface Turn {
  /** Version of this record's form. */
  v: 1;
  /** Made by the client (UUIDv7): the idempotency key of the send. */
  id: string;
  /** The turn that this one answers after; null for a root. */
  parentId: string | null;
  /** 0 for a root. */
  depth: number;
  assistantId: string;
  /** Milliseconds since the epoch, by the server's clock. */
  createdAt: number;
  updatedAt: number;
  user: { content: string; images: ImageRef[]; from?: { assistantId: string; turnId: string } };
  /** `model` is `provider:model`. */
  reply: { content: string; reasoning: string; images: ImageRef[]; model: string };
  status: TurnStatus;
  error?: TurnError;
  /** Of a `done` turn. */
  finishReason?: FinishReason;
  usage?: Usage;
  /** Milliseconds since the turn began. `thoughtMs`: from the first thought to the first word after it, or to the end. */
  timing?: { firstTokenMs: number; totalMs: number; thoughtMs?: number };
  /** What the model was given of this path: turns sent, turns that did not fit, images. */
  context?: { sent: number; dropped: number; images: number };
  /** Hidden and out of the context; restorable for 10 minutes. */
  deletedAt?: number;
}

export const isLive = (turn: Pick<Turn, 'status'>): boolean => turn.status === 'streaming';

export interface TurnStart {
  id: string;
  assistantId: string;
  content: string;
  images?: ImageRef[];
  /** What the reply begins with, where it continues another. */
  begun?: Pick<Turn['reply'], 'content' | 'reasoning'>;
  model: string;
  now: number;
}

/** A turn as it is when it begins. The store gives it its parent and depth. */
export function startTurn({
  id,
  assistantId,
  content,
  images = [],
  begun = { content: '', reasoning: '' },
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
    reply: { ...begun, images: [], model },
    status: 'streaming',
  };
}
