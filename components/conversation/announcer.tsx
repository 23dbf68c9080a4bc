import { useState } from 'react';
import type { TurnStatus } from '@/lib/chat/turn';
import { type ConversationView, useOnReplyStatus } from '@/lib/client/hooks';
import { VisuallyHidden } from '../ui/visually-hidden';
import { useStrings } from '../use-strings';

/**
 * Tells a screen reader that a reply began and how it ended, but never its text. Replies that had ended before the
 * conversation came on screen are not announced.
 */
export function Announcer({ name, conversation }: { name: string; conversation: ConversationView }) {
  const { announcements } = useStrings();
  const [status, setStatus] = useState<TurnStatus | null>(null);
  useOnReplyStatus(conversation.sessionId, setStatus);

  const hasFailed = status === 'failed' || status === 'interrupted';
  const texts: Record<TurnStatus, string> = {
    streaming: announcements.started(name),
    done: announcements.finished(name),
    stopped: announcements.stopped(name),
    failed: '',
    interrupted: '',
  };
  return (
    <>
      <div role="status">
        <VisuallyHidden>{status ? texts[status] : ''}</VisuallyHidden>
      </div>
      <div role="alert">
        <VisuallyHidden>{hasFailed ? announcements.failed(name) : ''}</VisuallyHidden>
      </div>
    </>
  );
}
