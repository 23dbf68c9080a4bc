import { ChatError } from '@/lib/chat/chat-error';
import { oneLine, type Session } from '@/lib/chat/session';
import { storedLine } from '@/lib/chat/text/plain-line';
import type { SessionChange } from '@/lib/chat/wire';
import type { Services } from '@/lib/server/services';
import { DAY_MS } from '@/lib/server/store/limits';
import type { ChangeResult, SessionRef } from '@/lib/server/store/store';
import { stopThenRemove } from '@/lib/server/turns/remove-turn';
import { shownSession } from './shown-session';

const TITLE_GRAPHEMES = 120;

/**
 * Changes a session as the body of `PATCH /api/chat/sessions/{id}` says.
 * @throws ChatError `bad_request`, `not_found`, `turn_in_progress`.
 */
export async function changeSession(
  services: Services,
  ref: SessionRef,
  body: SessionChange,
): Promise<Session> {
  const { title, pinned, headTurnId, ttlDays } = body;
  const line = title === undefined ? undefined : oneLine(title.toWellFormed(), TITLE_GRAPHEMES);
  if (line === '') throw new ChatError('bad_request', { message: 'title: must not be empty' });
  const result = await services.store.change({
    ...ref,
    change: {
      title: line === undefined ? undefined : storedLine(line),
      pinned,
      headTurnId,
      ...(ttlDays !== undefined && { ttlMs: ttlDays === 0 ? null : ttlDays * DAY_MS }),
    },
    now: Date.now(),
  });
  return sessionOrThrow(result);
}

/** Clears a session (it stays, empty) or removes it, after stopping its live turn. */
export const removeSession = (
  services: Services,
  ref: SessionRef,
  how: 'clear' | 'remove',
): Promise<{ undoUntil: number }> =>
  stopThenRemove(services, ref, () => services.store[how]({ ...ref, now: Date.now() }));

/**
 * Undoes the last clear or remove.
 * @throws ChatError `not_found` if there is nothing to undo, `turn_in_progress`.
 */
export async function restoreSession(services: Services, ref: SessionRef): Promise<Session> {
  return sessionOrThrow(await services.store.restore({ ...ref, now: Date.now() }));
}

function sessionOrThrow(result: ChangeResult): Session {
  switch (result.kind) {
    case 'changed':
      return shownSession(result.session);
    case 'unknown':
      throw new ChatError('not_found');
    case 'unknown_turn':
      throw new ChatError('bad_request', {
        message: 'headTurnId: there is no such turn in this conversation',
      });
    case 'busy':
      throw new ChatError('turn_in_progress', { activeTurnId: result.activeTurnId });
  }
}
