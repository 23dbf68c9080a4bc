import type { ClientErrorInfo } from '../http/client-error';

/** Where the turn of a link was found. */
export type TurnLocation =
  /** On the path that is shown, and loaded. */
  | { kind: 'shown' }
  /** In this conversation, but on a version that is not shown. */
  | { kind: 'other_version' }
  /** Deleted, never existed, or another owner's. */
  | { kind: 'unknown' }
  | { kind: 'failed'; error: ClientErrorInfo };

const FORM = /^#turn-([^/]+)\/([^/]+)$/;

/** The address at which a page opens this turn: in the fragment, so that no server and no log sees it. */
export const turnLink = (sessionId: string, turnId: string): string =>
  `${location.origin}${location.pathname}${turnHash(sessionId, turnId)}`;

/** `#turn-<turnId>/<sessionId>` */
export const turnHash = (sessionId: string, turnId: string): string =>
  `#turn-${encodeURIComponent(turnId)}/${encodeURIComponent(sessionId)}`;

/** null: a fragment that is no link to a turn. */
export function readTurnHash(hash: string): { sessionId: string; turnId: string } | null {
  const [, turnId, sessionId] = FORM.exec(hash) ?? [];
  if (turnId === undefined || sessionId === undefined) return null;
  try {
    return { turnId: decodeURIComponent(turnId), sessionId: decodeURIComponent(sessionId) };
  } catch {
    // Not an encoding of anything (`%zz`): a fragment like any other.
    return null;
  }
}
