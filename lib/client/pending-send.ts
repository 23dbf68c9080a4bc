import type { ClientErrorInfo } from './client-error';

/**
 * Words that the server has not acknowledged yet: shown at once, kept over a reload, never sent twice (the turn id
 * is the idempotency key). `sending`: on its way. `waiting`: left over from an earlier page, or waiting for its
 * turn. `failed`: refused or not delivered, see `error`.
 */
export interface PendingSend {
  turnId: string;
  sessionId: string;
  assistantId: string;
  content: string;
  model?: string;
  /** Set for a retry or a version: the turn to answer after. Left out: after the conversation's head. */
  parentId?: string | null;
  /** Milliseconds since the epoch, by this browser's clock. */
  createdAt: number;
  state: 'sending' | 'waiting' | 'failed';
  error?: ClientErrorInfo;
}

/** A plain send comes from the composer; a retry or a version does not, and leaves the draft alone. */
export const comesFromComposer = (entry: PendingSend): boolean => entry.parentId === undefined;
