import type { Turn } from '@/lib/chat/turn';
import type { ClientContext } from '../state/context';
import { joins, withTurn } from '../state/conversation-changes';
import { updateSessionOf } from './session-updates';

/**
 * Shows a turn in its conversation. `gap`: the turn does not follow what is loaded, so the history has to be
 * read. `dropped`: the conversation is not loaded, or belongs to another assistant; nothing changed.
 */
export function applyTurn(
  context: ClientContext,
  sessionId: string,
  turn: Turn,
): 'joined' | 'gap' | 'dropped' {
  const before = context.conversations.of(sessionId);
  if (before?.assistantId !== turn.assistantId) return 'dropped';
  context.conversations.update(sessionId, (conversation) => withTurn(conversation, turn));
  updateSessionOf(context, sessionId, turn);
  return joins(before, turn) ? 'joined' : 'gap';
}
