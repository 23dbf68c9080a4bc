import { createHash } from 'node:crypto';

/**
 * A new id for a session that moves to an owner who already has one with its id. A repeated join gets the same id.
 */
export const joinedSessionId = (sessionId: string, from: string): string =>
  createHash('sha256')
    .update(JSON.stringify([from, sessionId]))
    .digest('base64url')
    .slice(0, 32);
