import type { ChatEvent } from './events';
import type { Turn } from './turn';

/**
 * Folds one event into a turn. The server (to store) and the browser (to show) use this same function, so what is shown
 * is what is stored. Never changes its argument. A terminal turn takes no more text.
 */
export function applyEvent(turn: Turn, event: ChatEvent): Turn {
  switch (event.type) {
    case 'turn':
    case 'end':
      return event.turn;
    case 'content':
      return withReply(turn, { content: turn.reply.content + event.content });
    case 'reasoning':
      return withReply(turn, { reasoning: turn.reply.reasoning + event.content });
    case 'error':
      if (turn.status !== 'streaming') return turn;
      return {
        ...turn,
        status: 'failed',
        error: { code: event.code, message: event.content, ...(event.reason && { reason: event.reason }) },
      };
  }
}

function withReply(turn: Turn, change: Partial<Turn['reply']>): Turn {
  return turn.status === 'streaming' ? { ...turn, reply: { ...turn.reply, ...change } } : turn;
}
