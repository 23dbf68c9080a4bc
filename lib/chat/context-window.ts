import { estimateImageTokens, estimateTokens, MESSAGE_TOKENS } from './estimate-tokens';
import type { ImageRef, Turn } from './turn';

export interface ContextMessage {
  role: 'user' | 'assistant';
  content: string;
  /** To be sent along, in the order in which they were added. None: the key is not there. */
  images?: ImageRef[];
}

export interface ContextRequest {
  /** The newest turns before the new message, oldest first. */
  path: readonly Turn[];
  /** How many turns are before the new message in all, `path` among them. */
  pathTotal: number;
  /** `images`: the most that are sent in all; 0 or left out for a model that cannot see. */
  limits: { turns: number; tokens: number; images?: number };
  system: string;
  /** The new message, and its images: they are always sent. */
  content: string;
  images?: readonly ImageRef[];
  /** The reply has begun: its words so far, and what asks the model to go on. Always sent, last. */
  begun?: { reply: string; prompt: string };
}

export interface Context {
  /** What the model is given after the system prompt: whole turns, oldest first, then the new message. */
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
 *
 * Images of those turns go along in the room that is then left, newest first; in the place of one that does not, there
 * are words that there was one.
 */
export function buildContext({
  path,
  pathTotal,
  limits,
  system,
  content,
  images = [],
  begun,
}: ContextRequest): Context {
  const newest = path.filter(hasAnswer).reverse();
  let tokens = costOf(system) + costOf(content) + costOfImages(images);
  if (begun) tokens += costOf(begun.reply) + costOf(begun.prompt);
  const sent: Turn[] = [];
  for (const turn of newest.slice(0, limits.turns)) {
    const cost =
      costOf(withImageNote(turn.user.content, turn.user.images.length)) + costOf(turn.reply.content);
    if (tokens + cost > limits.tokens) break;
    tokens += cost;
    sent.push(turn);
  }
  const shown = chooseImages(sent, (limits.images ?? 0) - images.length, limits.tokens - tokens);
  return {
    messages: [
      ...sent.reverse().flatMap((turn) => messagesOf(turn, shown)),
      userMessage(content, images),
      ...(begun ? goOn(begun) : []),
    ],
    sent: sent.length,
    dropped: newest.length - sent.length + Math.max(0, pathTotal - path.length),
  };
}

/** The newest images that fit, up to the first that does not. `turns`: newest first. */
function chooseImages(turns: readonly Turn[], most: number, tokens: number): ReadonlySet<ImageRef> {
  const chosen = new Set<ImageRef>();
  let left = tokens;
  for (const image of turns.flatMap(({ user }) => user.images.toReversed())) {
    left -= estimateImageTokens(image);
    if (chosen.size >= most || left < 0) break;
    chosen.add(image);
  }
  return chosen;
}

const costOf = (text: string): number => estimateTokens(text) + MESSAGE_TOKENS;

const costOfImages = (images: readonly ImageRef[]): number =>
  images.reduce((sum, image) => sum + estimateImageTokens(image), 0);

export const hasAnswer = ({ status, reply, deletedAt }: Turn): boolean =>
  status !== 'failed' && deletedAt === undefined && reply.content.trim() !== '';

function messagesOf({ user, reply }: Turn, shown: ReadonlySet<ImageRef>): ContextMessage[] {
  const images = user.images.filter((image) => shown.has(image));
  const content = withImageNote(user.content, user.images.length - images.length);
  return [userMessage(content, images), { role: 'assistant', content: reply.content }];
}

const goOn = ({ reply, prompt }: { reply: string; prompt: string }): ContextMessage[] => [
  { role: 'assistant', content: reply },
  userMessage(prompt, []),
];

const userMessage = (content: string, images: readonly ImageRef[]): ContextMessage => ({
  role: 'user',
  content,
  ...(images.length > 0 && { images: [...images] }),
});

/** Tells the model that there were images which it is not shown: it would deny, else, what it has seen before. */
export function withImageNote(content: string, images: number): string {
  if (images === 0) return content;
  const note = images === 1 ? '[An image, not shown here.]' : `[${images} images, not shown here.]`;
  return content === '' ? note : `${content}\n\n${note}`;
}
