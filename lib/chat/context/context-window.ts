import type { ImageRef, Turn } from '../turn';
import { estimateImageTokens, estimateTokens, MESSAGE_TOKENS } from './estimate-tokens';

export interface ContextMessage {
  role: 'user' | 'assistant';
  content: string;
  /** In the order in which they were attached. Left out if there are none. */
  images?: ImageRef[];
}

export interface ContextRequest {
  /** The newest turns before the new message, oldest first. */
  path: readonly Turn[];
  /** The number of all turns before the new message, including `path`. */
  pathTotal: number;
  /** At most this many turns, tokens and images are sent. `images` is 0 or left out for a model without vision. */
  limits: { turns: number; tokens: number; images?: number };
  system: string;
  /** The new message and its images, which are always sent. */
  content: string;
  images?: readonly ImageRef[];
  /** To continue a reply: its text so far and the prompt to go on. Always sent, last. */
  continued?: { reply: string; prompt: string };
}

export interface Context {
  /** What follows the system prompt: whole turns, oldest first, then the new message. */
  messages: ContextMessage[];
  /** How many turns are among them. */
  sent: number;
  /** How many turns did not fit. */
  dropped: number;
}

/**
 * Chooses the part of a conversation that is sent to a model: the newest turns, contiguous and whole, as many as the limits
 * allow. The system prompt and the new message are always sent and count first. A turn without reply text (failed, or
 * stopped before it began) is left out and not counted. Reasoning is never sent.
 *
 * The rest of the budget is for the images of those turns, newest first. An image that does not fit is replaced by a note
 * in the text.
 */
export function buildContext({
  path,
  pathTotal,
  limits,
  system,
  content,
  images = [],
  continued,
}: ContextRequest): Context {
  const newest = path.filter(hasReplyText).reverse();
  let tokens = costOf(system) + costOf(content) + costOfImages(images);
  if (continued) tokens += costOf(continued.reply) + costOf(continued.prompt);
  const sent: Turn[] = [];
  for (const turn of newest.slice(0, limits.turns)) {
    const cost =
      costOf(withImageNote(turn.user.content, turn.user.images.length)) + costOf(turn.reply.content);
    if (tokens + cost > limits.tokens) break;
    tokens += cost;
    sent.push(turn);
  }
  const chosen = chooseImages(sent, (limits.images ?? 0) - images.length, limits.tokens - tokens);
  return {
    messages: [
      ...sent.reverse().flatMap((turn) => messagesOf(turn, chosen)),
      userMessage(content, images),
      ...(continued ? continuation(continued) : []),
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

export const hasReplyText = ({ status, reply, deletedAt }: Turn): boolean =>
  status !== 'failed' && deletedAt === undefined && reply.content.trim() !== '';

function messagesOf({ user, reply }: Turn, chosen: ReadonlySet<ImageRef>): ContextMessage[] {
  const images = user.images.filter((image) => chosen.has(image));
  const content = withImageNote(user.content, user.images.length - images.length);
  return [userMessage(content, images), { role: 'assistant', content: reply.content }];
}

const continuation = ({ reply, prompt }: { reply: string; prompt: string }): ContextMessage[] => [
  { role: 'assistant', content: reply },
  userMessage(prompt, []),
];

const userMessage = (content: string, images: readonly ImageRef[]): ContextMessage => ({
  role: 'user',
  content,
  ...(images.length > 0 && { images: [...images] }),
});

/** Tells the model about images that are not sent: otherwise it denies having seen them earlier. */
export function withImageNote(content: string, images: number): string {
  if (images === 0) return content;
  const note = images === 1 ? '[An image, not shown here.]' : `[${images} images, not shown here.]`;
  return content === '' ? note : `${content}\n\n${note}`;
}
