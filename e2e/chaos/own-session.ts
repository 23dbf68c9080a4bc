import type { ErrorCode } from '@/lib/chat/errors';

/** A conversation as its client knows it. */
export interface OwnSession {
  sessionId: string;
  assistantId: string;
  /** Acknowledged or seen. */
  turnIds: string[];
  /** The last turn that was seen live. */
  liveTurnId: string | null;
  /** The last acknowledged turn, while nothing was tried since that could take it off the shown path. */
  mustShow?: string;
  /** A clear was tried: turns may be aside. */
  wasCleared: boolean;
  /** A call got no answer in time: a frozen server may carry it out at any later moment. */
  isUncertain: boolean;
}

export const newSession = (sessionId: string, assistantId: string): OwnSession => ({
  sessionId,
  assistantId,
  turnIds: [],
  liveTurnId: null,
  wasCleared: false,
  isUncertain: false,
});

/** What a call about a turn may be refused as, once turns may be aside. */
export const maybeAside = ({ wasCleared }: OwnSession): ErrorCode[] => (wasCleared ? ['not_found'] : []);
