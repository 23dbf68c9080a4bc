import { createHash } from 'node:crypto';

/** The id of a session that moves to an owner who has one with its own id already. The same again for the same two. */
export const joinedSessionId = (sessionId: string, from: string): string =>
  createHash('sha256')
    .update(JSON.stringify([from, sessionId]))
    .digest('base64url')
    .slice(0, 32);
