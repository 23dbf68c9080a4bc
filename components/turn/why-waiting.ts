import type { Strings } from '@/lib/chat/strings/strings';
import type { ClientErrorInfo } from '@/lib/client/http/client-error';

/** What keeps words from going out, and that they will by themselves. `before`: what they go out after. */
export function whyWaiting(
  { pending }: Strings,
  error: Pick<ClientErrorInfo, 'code'> | undefined,
  before: 'message' | 'reply' | null,
): string {
  if (before) return pending.after[before];
  switch (error?.code) {
    case 'offline':
      return pending.offline;
    case 'network':
      return pending.network;
    case 'store_unavailable':
      return pending.store;
    case 'shutting_down':
      return pending.restarting;
    case 'turn_in_progress':
      return pending.after.reply;
    case 'rate_limited':
      return pending.rateLimited;
    default:
      return pending.waiting;
  }
}
