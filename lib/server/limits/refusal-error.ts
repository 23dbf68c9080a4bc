import { ChatError, type ErrorDetails } from '@/lib/chat/chat-error';
import { log } from '@/lib/server/log';
import type { LimitName, Refusal } from '@/lib/server/store/limits';

/** Includes the rate of remote images and `answers`, which each process counts by itself. */
type AnyLimit = LimitName | 'remote_images' | 'answers';

/** How soon to try again if nobody can know when there will be room, ms. */
const SOON_MS = 2_000;
/** Longer, because a pause may last for hours and every waiting browser asks again this often. */
const PAUSED_MS = 20_000;

const ERRORS: Record<
  AnyLimit,
  { code: 'rate_limited' | 'quota_exceeded' | 'paused'; waitMs?: number } & ErrorDetails
> = {
  paused: { code: 'paused', waitMs: PAUSED_MS },
  turns: { code: 'rate_limited' },
  replies: {
    code: 'rate_limited',
    reason: 'replies',
    waitMs: SOON_MS,
    message: 'Too many of your replies are being written at once. Wait until one has finished.',
  },
  images: {
    code: 'rate_limited',
    reason: 'images',
    message: 'You are uploading images too fast. Try again later.',
  },
  remote_images: {
    code: 'rate_limited',
    message: 'Too many pictures of other sites are being fetched for you. Try again later.',
  },
  address: {
    code: 'rate_limited',
    reason: 'address',
    message: 'Too many messages are coming from your network. Try again in a moment.',
  },
  new_guests: {
    code: 'rate_limited',
    reason: 'address',
    message: 'Too many new visitors are coming from your network. Try again later.',
  },
  answers: {
    code: 'rate_limited',
    reason: 'address',
    waitMs: SOON_MS,
    message: 'Too many answers to your network are still on their way. Try again in a moment.',
  },
  storage: {
    code: 'quota_exceeded',
    reason: 'storage',
    message: 'The space for conversations and images is used up. Delete some of them.',
  },
  tokens: { code: 'quota_exceeded', reason: 'tokens' },
  server_tokens: { code: 'quota_exceeded', reason: 'tokens' },
  cost: { code: 'quota_exceeded', reason: 'cost' },
  server_cost: { code: 'quota_exceeded', reason: 'cost' },
};

/** The error for a request that a limit refused. The log says which limit it was. */
export function refusalError({
  limit,
  retryAfterMs,
}: Omit<Refusal, 'limit'> & { limit: AnyLimit }): ChatError {
  log('info', 'limit_hit', { limit });
  const { code, waitMs, ...details } = ERRORS[limit];
  const wait = retryAfterMs ?? waitMs;
  return new ChatError(code, { ...details, ...(wait !== undefined && { retryAfterMs: wait }) });
}
