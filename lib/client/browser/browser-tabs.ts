import { BASE_PATH } from '@/lib/chat/base-path';
import type { Session } from '@/lib/chat/session';
import type { Turn } from '@/lib/chat/turn';

/** What was done to a session, with the server's answer: enough to show it without another request. */
export type SessionEvent =
  /** Renamed or pinned; with `path`, another version was chosen. */
  | { type: 'changed'; session: Session; path: boolean }
  | { type: 'cleared'; sessionId: string }
  /** One turn was deleted. */
  | { type: 'turnRemoved'; sessionId: string; turnId: string }
  /** The delete of a turn was undone, which changes the path. */
  | { type: 'turnRestored'; sessionId: string }
  | { type: 'removed'; sessionId: string }
  /** A clear or a delete was undone. */
  | { type: 'restored'; session: Session };

export type BrowserTabMessage =
  /** A turn that the sending tab started or stopped, or whose end it received. */
  { type: 'turn'; sessionId: string; turn: Turn } | SessionEvent;

/** The other tabs of this browser. */
export interface BrowserTabs {
  /** Sends a message to every other tab. */
  post(message: BrowserTabMessage): void;
  /** Returns the unsubscribe. */
  onMessage(run: (message: BrowserTabMessage) => void): () => void;
}

/**
 * The number is the version of the messages: tabs with another version of the page do not hear each other.
 * Neither do the tabs of another server under another path of this host.
 */
const CHANNEL = `confab-tabs-2${BASE_PATH}`;

/**
 * Without BroadcastChannel, which Firefox refuses where cookies are blocked, no message is sent, and the poll of the
 * session list finds what other tabs did.
 */
export function createBrowserTabs(): BrowserTabs {
  let channel: BroadcastChannel | null = null;
  // Opened on first use, because the server, which renders the first paint, has a BroadcastChannel too.
  const open = () => {
    try {
      channel ??= new BroadcastChannel(CHANNEL);
    } catch {
      // Missing or refused.
    }
    return channel;
  };
  return {
    post: (message) => open()?.postMessage(message),
    onMessage(run) {
      const listen = ({ data }: MessageEvent<BrowserTabMessage>) => run(data);
      const opened = open();
      opened?.addEventListener('message', listen);
      return () => opened?.removeEventListener('message', listen);
    },
  };
}
