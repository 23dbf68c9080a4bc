import { createHash } from 'node:crypto';

/** What a limit is counted by. Addresses and ids of guests are personal data, so the store keeps only their hash. */
export const hashedId = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, 22);
