import { ChatError } from '@/lib/chat/errors';
import { storeReasonOf } from './store-reason';

/** What stands in the store cannot be what this program wrote. Its message names no content. */
export class CorruptRecord extends Error {
  override readonly name = 'CorruptRecord';
}

/** The one error that a store rejects with when its backend fails. The cause is for the log. */
export const storeUnavailable = (cause: unknown): ChatError =>
  new ChatError('store_unavailable', { cause, reason: storeReasonOf(cause) });
