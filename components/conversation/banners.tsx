import { failureText } from '@/lib/chat/words/failure-text';
import { type ConversationView, useHealth } from '@/lib/client/hooks';
import { useWords } from '../words';
import { Banner } from './banner';

/** What a person should know before they write: the most urgent line, and only one. */
export function Banners({ conversation }: { conversation: ConversationView }) {
  const words = useWords();
  const { value: health } = useHealth();
  const { phase, error } = conversation;

  if (health && !health.store.ok) {
    const failure = { code: 'store_unavailable', reason: health.store.reason } as const;
    return <Banner tone="danger">{failureText(words, failure, 'tab')}</Banner>;
  }
  if (phase === 'ready' && error)
    return <Banner tone="danger">{failureText(words, error, 'history')}</Banner>;
  return null;
}
