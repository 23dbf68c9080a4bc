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

/** A link to a turn. The ids are in the fragment, which browsers do not send to servers. */
export const turnLink = (sessionId: string, turnId: string): string =>
  `${location.origin}${location.pathname}${turnHash(sessionId, turnId)}`;

/** `#turn-<turnId>/<sessionId>` */
export const turnHash = (sessionId: string, turnId: string): string =>
  `#turn-${encodeURIComponent(turnId)}/${encodeURIComponent(sessionId)}`;

/** The ids in a fragment; null if it is no link to a turn. */
export function readTurnHash(hash: string): { sessionId: string; turnId: string } | null {
  const [, turnId, sessionId] = FORM.exec(hash) ?? [];
  if (turnId === undefined || sessionId === undefined) return null;
  try {
    return { turnId: decodeURIComponent(turnId), sessionId: decodeURIComponent(sessionId) };
  } catch {
    // An invalid percent-encoding, such as `%zz`.
    return null;
  }
}
