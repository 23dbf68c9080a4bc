import type { Session } from '@/lib/chat/session';
import type { Turn } from '@/lib/chat/turn';

/** What a tab has done to a conversation, as the server answered it: enough to show it without asking again. */
export type SessionChanged =
  /** Renamed or pinned; with `path`, another version is shown. */
  | { type: 'changed'; session: Session; path: boolean }
  | { type: 'cleared'; sessionId: string }
  /** One turn was deleted. */
  | { type: 'turnRemoved'; sessionId: string; turnId: string }
  /** The delete of a turn was taken back: the path is another one. */
  | { type: 'turnRestored'; sessionId: string }
  | { type: 'removed'; sessionId: string }
  /** A clear or a delete was taken back. */
  | { type: 'restored'; session: Session };

export type TabMessage =
  /** A turn of this tab has begun, or has ended. */
  { type: 'turn'; sessionId: string; turn: Turn } | SessionChanged;

/** The tabs of one browser, among themselves. */
export interface TabChannel {
  /** Told to every other tab, not to this one. */
  tell(message: TabMessage): void;
  /** Returns the unsubscribe. */
  onMessage(run: (message: TabMessage) => void): () => void;
}

/** Ends with the version of the messages: a tab with another version of the page is not understood, and not heard. */
const NAME = 'confab-tabs-2';

/** Where BroadcastChannel is missing nobody is told, and the poll of the list of sessions finds out. */
export function createTabChannel(): TabChannel {
  let channel: BroadcastChannel | null = null;
  // Not before it is needed: the server, which renders the first paint, has a BroadcastChannel too.
  const opened = () => {
    if (typeof BroadcastChannel !== 'undefined') channel ??= new BroadcastChannel(NAME);
    return channel;
  };
  return {
    tell: (message) => opened()?.postMessage(message),
    onMessage(run) {
      const listen = ({ data }: MessageEvent<TabMessage>) => run(data);
      const heard = opened();
      heard?.addEventListener('message', listen);
      return () => heard?.removeEventListener('message', listen);
    },
  };
}
