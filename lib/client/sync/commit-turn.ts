import type { Turn } from '@/lib/chat/turn';
import type { ClientContext } from '../state/context';
import { joins, withTurn } from '../state/conversation-changes';
import { noteTurn } from './note-sessions';

/**
 * Puts a turn where it belongs: into its own session, and only if that session is its assistant's. Tells `gap` when
 * the turn does not hang on what is shown: then the history has to be read.
 */
export function commitTurn(
  context: ClientContext,
  sessionId: string,
  turn: Turn,
): 'joined' | 'gap' | 'dropped' {
  const known = context.conversations.of(sessionId);
  if (known?.assistantId !== turn.assistantId) return 'dropped';
  context.conversations.update(sessionId, (conversation) => withTurn(conversation, turn));
  noteTurn(context, sessionId, turn);
  return joins(known, turn) ? 'joined' : 'gap';
}
