import { useEffect, useState } from 'react';
import { type ConversationView, usePending, useTurn } from '@/lib/client/hooks';
import { Hidden } from '../ui/hidden';
import { useStrings } from '../use-strings';

/**
 * Tells a screen reader that a reply began and how it ended: never a token. Says nothing of replies that were
 * finished before this conversation came on screen.
 */
export function Announcer({ name, conversation }: { name: string; conversation: ConversationView }) {
  const { announcements } = useStrings();
  const { sessionId, activeTurnId } = conversation;
  // A quick reply begins and ends within one frame: its turn is known from when it was sent.
  const sending = usePending(sessionId).find(({ state }) => state === 'sending')?.turnId ?? null;
  const turnId = activeTurnId ?? sending;
  const [followed, setFollowed] = useState<{ sessionId: string; turnId: string } | null>(null);

  useEffect(() => {
    if (sessionId && turnId) setFollowed({ sessionId, turnId });
    else setFollowed((known) => (known?.sessionId === sessionId ? known : null));
  }, [sessionId, turnId]);

  const status = useTurn(followed?.sessionId ?? '', followed?.turnId ?? '')?.status;
  const failed = status === 'failed' || status === 'interrupted';
  const said = {
    streaming: announcements.started(name),
    done: announcements.finished(name),
    stopped: announcements.stopped(name),
    failed: '',
    interrupted: '',
  };

  return (
    <>
      <div role="status">
        <Hidden>{status ? said[status] : ''}</Hidden>
      </div>
      <div role="alert">
        <Hidden>{failed ? announcements.failed(name) : ''}</Hidden>
      </div>
    </>
  );
}
