import type { Turn } from './turn';

/** Whether a reply has text and was cut off: by a stop, a failure or the model's length limit. */
export function canContinue({ status, finishReason, reply, error }: Turn): boolean {
  if (reply.content.trim() === '') return false;
  switch (status) {
    case 'stopped':
    case 'interrupted':
      return true;
    case 'failed':
      // If the store failed, it does not have the text that the page shows.
      return error?.code !== 'store_unavailable';
    case 'done':
      return finishReason === 'length';
    case 'streaming':
      return false;
  }
}
