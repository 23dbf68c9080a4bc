import type { Turn } from './turn';

/** Whether a reply was cut off with something to go on from: by a stop, a fault or the length that its model may have. */
export function canContinue({ status, finishReason, reply, error }: Turn): boolean {
  if (reply.content.trim() === '') return false;
  switch (status) {
    case 'stopped':
    case 'interrupted':
      return true;
    case 'failed':
      // Where the store failed it has not what is shown.
      return error?.code !== 'store_unavailable';
    case 'done':
      return finishReason === 'length';
    case 'streaming':
      return false;
  }
}
