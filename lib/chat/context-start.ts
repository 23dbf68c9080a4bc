import { hasAnswer } from './context-window';
import type { Turn } from './turn';

/**
 * The turn with which the model's memory begins, as it was for the newest turn: what stands before it did not fit.
 * null if nothing was left out, or if that turn is not among these. `path`: oldest first, the newest turn last.
 */
export function contextStart(path: readonly Turn[]): string | null {
  const newest = path.at(-1);
  if (!newest?.context || newest.context.dropped === 0) return null;
  let remembered = newest.context.sent;
  let start = newest.id;
  for (let index = path.length - 2; index >= 0 && remembered > 0; index -= 1) {
    const turn = path[index];
    if (!turn || !hasAnswer(turn)) continue;
    remembered -= 1;
    start = turn.id;
  }
  return remembered === 0 ? start : null;
}
