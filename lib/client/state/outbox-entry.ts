import type { ImageRef } from '@/lib/chat/turn';
import type { ClientErrorInfo } from '../http/client-error';

/**
 * A message that the server has not acknowledged. It is kept across reloads and shown on the page. Sending
 * it again is harmless, because the turn id is the idempotency key.
 */
export interface OutboxEntry {
  turnId: string;
  sessionId: string;
  assistantId: string;
  content: string;
  images?: readonly ImageRef[];
  /** The parent of the turn: set for a regenerated reply or an edit. Left out: the head of the session. */
  parentId?: string | null;
  /** The turn of which this message is an edit. */
  edits?: string;
  /** The turn whose reply is continued. */
  continueFrom?: string;
  /** The model for this message only; otherwise the one chosen for the assistant. */
  askedModel?: string;
  /** Milliseconds since the epoch, by this browser's clock. */
  createdAt: number;
  /** `waiting`: sent automatically when possible. `failed`: refused, see `error`; a person has to decide. */
  state: 'sending' | 'waiting' | 'failed';
  error?: ClientErrorInfo;
}

/** True for a new message and an edit. A regenerated or continued reply is no draft of the composer. */
export const comesFromComposer = ({ parentId, edits }: OutboxEntry): boolean =>
  parentId === undefined || edits !== undefined;
