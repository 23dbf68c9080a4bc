import { estimateTokens, MESSAGE_TOKENS } from './estimate-tokens';
import type { Turn } from './turn';

export interface ContextMessage {
  role: 'user' | 'assistant';
  content: string;
}

export interface ContextRequest {
  /** The newest turns before the new message, oldest first. */
  path: readonly Turn[];
  /** How many turns are before the new message in all, `path` among them. */
  pathTotal: number;
  limits: { turns: number; tokens: number };
  system: string;
  /** The new message. */
  content: string;
}

export interface Context {
  /** What the model is given after the system prompt: whole turns, oldest first, and the new message last. */
  messages: ContextMessage[];
  /** Turns that were sent. */
  sent: number;
  /** Turns that did not fit: too many, or too long. */
  dropped: number;
}

/**
 * Chooses what a model is given of a conversation: the newest turns, contiguous and whole, as many as the limits bear.
 * The system prompt and the new message are always sent and use up the budget first. A turn without a reply to go by
 * (failed, or stopped before its first word) is left out and not counted; reasoning is never sent.
 */
export function buildContext({ path, pathTotal, limits, system, content }: ContextRequest): Context {
  const newest = path.filter(hasAnswer).reverse();
  let tokens = costOf(system) + costOf(content);
  const sent: Turn[] = [];
  for (const turn of newest.slice(0, limits.turns)) {
    tokens += costOf(turn.user.content) + costOf(turn.reply.content);
    if (tokens > limits.tokens) break;
    sent.push(turn);
  }
  return {
    messages: [...sent.reverse().flatMap(messagesOf), { role: 'user', content }],
    sent: sent.length,
    dropped: newest.length - sent.length + Math.max(0, pathTotal - path.length),
  };
}

const costOf = (text: string): number => estimateTokens(text) + MESSAGE_TOKENS;

export const hasAnswer = ({ status, reply, deletedAt }: Turn): boolean =>
  status !== 'failed' && deletedAt === undefined && reply.content.trim() !== '';

const messagesOf = ({ user, reply }: Turn): ContextMessage[] => [
  { role: 'user', content: user.content },
  { role: 'assistant', content: reply.content },
];
