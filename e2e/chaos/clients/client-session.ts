import type { ErrorCode } from '@/lib/chat/errors';

/** A conversation as its client sees it. */
export interface ClientSession {
  sessionId: string;
  assistantId: string;
  /** The turns that were acknowledged or seen. */
  turnIds: string[];
  /** The last turn that was seen live. */
  liveTurnId: string | null;
  /** The last acknowledged turn, unless a later call could have removed it from the shown path. */
  mustShow?: string;
  /** A clear was tried, so turns may be hidden. */
  wasCleared: boolean;
  /** A call timed out, so a frozen server may still execute it at any time. */
  isUncertain: boolean;
}

export const newSession = (sessionId: string, assistantId: string): ClientSession => ({
  sessionId,
  assistantId,
  turnIds: [],
  liveTurnId: null,
  wasCleared: false,
  isUncertain: false,
});

/** The codes that a call about a turn may fail with, because a clear may have hidden the turn. */
export const maybeCleared = ({ wasCleared }: ClientSession): ErrorCode[] => (wasCleared ? ['not_found'] : []);
