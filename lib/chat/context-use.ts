import { hasAnswer } from './context-window';
import { estimateImageTokens, estimateTokens, MESSAGE_TOKENS } from './estimate-tokens';
import type { ImageRef, Turn } from './turn';

/** The shown turns, oldest first. */
export interface Path {
  turnIds: readonly string[];
  turns: Readonly<Record<string, Turn>>;
}

export interface ContextUse {
  /** About how many tokens the next message and what is sent before it take. */
  tokens: number;
  /** Older turns of the conversation do not fit beside them. */
  isFull: boolean;
}

/** A turn that is over never changes its cost: each is counted once, however often the gauge is shown. */
const costs = new WeakMap<Turn, number>();

function costOf(turn: Turn): number {
  const known = costs.get(turn);
  if (known !== undefined) return known;
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
 * How much of what a model takes is used, as `buildContext` counts it, but for the system prompt, which only the server
 * knows. Looks no further back than the budget reaches: it is asked with every token of a reply.
 */
export function contextUse({ turnIds, turns: byId }: Path, budget: number, draft: number): ContextUse {
  let tokens = draft;
  let turns = 0;
  const limit = sentLimit(byId[turnIds.at(-1) ?? '']);
  for (let index = turnIds.length - 1; index >= 0; index -= 1) {
    const turn = byId[turnIds[index] ?? ''];
    if (!turn || turn.status === 'streaming' || !hasAnswer(turn)) continue;
    const cost = costOf(turn);
    if (tokens + cost > budget || turns === limit) return { tokens, isFull: true };
    tokens += cost;
    turns += 1;
  }
  return { tokens, isFull: tokens > budget };
}

/** The server sends no more than so many turns: what it sent of a path that it cut, for the newest. */
const sentLimit = (newest: Turn | undefined): number =>
  newest?.context?.dropped ? Math.max(1, newest.context.sent) : Number.POSITIVE_INFINITY;
