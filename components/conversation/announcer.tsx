import { useEffect, useState } from 'react';
import { type ConversationView, useTurn } from '@/lib/client/hooks';
import { Hidden } from '../ui/hidden';
import { useWords } from '../words';

/**
 * Tells a screen reader that a reply began and how it ended: never a token. Says nothing of replies that were
 * finished before this conversation came on screen.
 */
export function Announcer({ name, conversation }: { name: string; conversation: ConversationView }) {
  const { live } = useWords();
  const { sessionId, activeTurnId } = conversation;
  const [followed, setFollowed] = useState<{ sessionId: string; turnId: string } | null>(null);

  useEffect(() => {
    if (sessionId && activeTurnId) setFollowed({ sessionId, turnId: activeTurnId });
    else setFollowed((known) => (known?.sessionId === sessionId ? known : null));
  }, [sessionId, activeTurnId]);

  const status = useTurn(followed?.sessionId ?? '', followed?.turnId ?? '')?.status;
  const failed = status === 'failed' || status === 'interrupted';
  const said = {
    streaming: live.started(name),
    done: live.ended(name),
    stopped: live.stopped(name),
    failed: '',
    interrupted: '',
  };

  return (
    <>
      <div role="status">
        <Hidden>{status ? said[status] : ''}</Hidden>
      </div>
      <div role="alert">
        <Hidden>{failed ? live.failed(name) : ''}</Hidden>
      </div>
    </>
  );
}
