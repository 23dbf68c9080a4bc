import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY = randomBytes(32);
const digestOf = (text: string): Buffer => createHmac('sha256', KEY).update(text).digest();

/** Compares in a time that does not depend on either text: it compares their keyed hashes. */
export const isSameSecret = (given: string, secret: string): boolean =>
  timingSafeEqual(digestOf(given), digestOf(secret));
