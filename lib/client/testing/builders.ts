import { startTurn, type Turn } from '@/lib/chat/turn';

/** A turn with the given fields and defaults for the rest. */
export function aTurn({
  reply,
  user,
  ...rest
}: Partial<Omit<Turn, 'reply' | 'user'>> & {
  reply?: Partial<Turn['reply']>;
  user?: Partial<Turn['user']>;
} = {}): Turn {
  const turn = startTurn({
    id: 'turn',
    assistantId: 'teacher',
    content: 'Why?',
    model: 'demo:demo',
    now: 1000,
  });
  return { ...turn, ...rest, reply: { ...turn.reply, ...reply }, user: { ...turn.user, ...user } };
}

export const done = (turn: Turn): Turn => ({ ...turn, status: 'done', updatedAt: turn.updatedAt + 500 });
