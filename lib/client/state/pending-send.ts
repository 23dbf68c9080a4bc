import type { ImageRef } from '@/lib/chat/turn';
import type { ClientErrorInfo } from '../http/client-error';

/**
 * Strings that the server has not acknowledged yet: shown at once, kept over a reload, never sent twice (the turn id
 * is the idempotency key). `sending`: on its way. `waiting`: left over from an earlier page, or waiting for its
 * turn. `failed`: refused or not delivered, see `error`.
 */
export interface PendingSend {
  turnId: string;
  sessionId: string;
  assistantId: string;
  content: string;
  images?: readonly ImageRef[];
  /** Set for a retry or a version: the turn to answer after. Left out: after the conversation's head. */
  parentId?: string | null;
  /** The turn that these words, written in the composer, say otherwise. */
  edits?: string;
  /** The turn whose reply was cut off, and is to go on. */
  continueFrom?: string;
  /** The model to ask this once, whatever is chosen for the assistant. */
  askedModel?: string;
  /** Milliseconds since the epoch, by this browser's clock. */
  createdAt: number;
  state: 'sending' | 'waiting' | 'failed';
  error?: ClientErrorInfo;
}

/** A plain send and an edit come from the composer; a retry does not, and leaves the draft alone. */
export const comesFromComposer = ({ parentId, edits }: PendingSend): boolean =>
  parentId === undefined || edits !== undefined;
