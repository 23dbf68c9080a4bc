import { createHash } from 'node:crypto';

/** What a limit is counted by: an address or a guest's id is personal data, which the store does not keep for this. */
export const hashedId = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, 22);
