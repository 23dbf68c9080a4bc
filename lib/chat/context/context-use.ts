import type { ImageRef, Turn } from '../turn';
import { hasReplyText } from './context-window';
import { estimateImageTokens, estimateTokens, MESSAGE_TOKENS } from './estimate-tokens';

/** The turns that the conversation shows, oldest first. */
export interface Path {
  turnIds: readonly string[];
  turns: Readonly<Record<string, Turn>>;
}

export interface ContextUse {
  /** An estimate for the next message and the earlier turns that will be sent with it. */
  tokens: number;
  /** Older turns no longer fit. */
  isFull: boolean;
}

/** The cost of each terminal turn, which never changes: each is estimated once. */
const costs = new WeakMap<Turn, number>();

function costOf(turn: Turn): number {
  const cached = costs.get(turn);
  if (cached !== undefined) return cached;
  const { user, reply } = turn;
  const text = estimateTokens(user.content) + estimateTokens(reply.content) + 2 * MESSAGE_TOKENS;
  const cost = text + imagesCost(user.images);
  costs.set(turn, cost);
  return cost;
}

export const draftCost = (content: string, images: readonly ImageRef[]): number =>
  content === '' && images.length === 0 ? 0 : estimateTokens(content) + MESSAGE_TOKENS + imagesCost(images);

const imagesCost = (images: readonly ImageRef[]): number =>
  images.reduce((sum, image) => sum + estimateImageTokens(image), 0);

/**
 * How much of a model's context window is used, as `buildContext` counts it, except for the system prompt, which only the
 * server knows. Goes no further back than the budget reaches, because it runs for every token of a reply.
 */
export function contextUse({ turnIds, turns: byId }: Path, budget: number, draft: number): ContextUse {
  let tokens = draft;
  let turns = 0;
  const limit = sentLimit(byId[turnIds.at(-1) ?? '']);
  for (let index = turnIds.length - 1; index >= 0; index -= 1) {
    const turn = byId[turnIds[index] ?? ''];
    if (!turn || turn.status === 'streaming' || !hasReplyText(turn)) continue;
    const cost = costOf(turn);
    if (tokens + cost > budget || turns === limit) return { tokens, isFull: true };
    tokens += cost;
    turns += 1;
  }
  return { tokens, isFull: tokens > budget };
}

/**
 * The server's limit of turns in a context, as far as it shows: if turns were dropped for the newest turn, the number that
 * was sent with it.
 */
const sentLimit = (newest: Turn | undefined): number =>
  newest?.context?.dropped ? Math.max(1, newest.context.sent) : Number.POSITIVE_INFINITY;
