import { failureText } from '@/lib/chat/strings/failure-text';
import { type ConversationView, useHealth } from '@/lib/client/hooks';
import { useStrings } from '../use-strings';
import { Banner } from './banner';

/** What a person should know before they write: the most urgent line, and only one. */
export function Banners({ conversation }: { conversation: ConversationView }) {
  const strings = useStrings();
  const { value: health } = useHealth();
  const { phase, error } = conversation;

  if (health && !health.store.ok) {
    const failure = { code: 'store_unavailable', reason: health.store.reason } as const;
    return <Banner tone="danger">{failureText(strings, failure, 'tab')}</Banner>;
  }
  if (phase === 'ready' && error)
    return <Banner tone="danger">{failureText(strings, error, 'history')}</Banner>;
  return null;
}
