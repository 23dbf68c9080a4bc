import type { Turn } from '../turn';
import { hasReplyText } from './context-window';

/**
 * The id of the first turn that was sent to the model with the newest turn; the turns before it did not fit. null if all
 * were sent, or if that turn is not in `path` (oldest first).
 */
export function contextStart(path: readonly Turn[]): string | null {
  const newest = path.at(-1);
  if (!newest?.context || newest.context.dropped === 0) return null;
  let remaining = newest.context.sent;
  let start = newest.id;
  for (let index = path.length - 2; index >= 0 && remaining > 0; index -= 1) {
    const turn = path[index];
    if (!turn || !hasReplyText(turn)) continue;
    remaining -= 1;
    start = turn.id;
  }
  return remaining === 0 ? start : null;
}
