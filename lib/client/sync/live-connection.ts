import { isLive, type Turn } from '@/lib/chat/turn';
import type { ClientErrorInfo } from '../http/client-error';
import { type ClientContext, shownSession } from '../state/context';
import type { ConnectionState, Conversation } from '../state/conversation';
import type { OutboxEntry } from '../state/outbox-entry';
import { applyTurn } from './apply-turn';
import type { HistoryLoader } from './load-history';
import type { Outbox } from './outbox';
import { type ReplyReader, readReply } from './reply-reader';

/**
 * The connection that reads the live reply on screen; at most one, and only while the page is visible. A send
 * is never cut off before the server has acknowledged it.
 */
export interface LiveConnection {
  /**
   * Posts a message and reads its reply. Resolves to null as soon as the server has acknowledged the turn, or
   * to the error if the message was refused or did not arrive. Never rejects.
   */
  post(message: OutboxEntry, model: string | undefined): Promise<ClientErrorInfo | null>;
  /** Follows the live reply of the conversation on screen and no other. Call it when either has changed. */
  followShown(): void;
  /** True while a reply is read. */
  isReading(): boolean;
  /** The page is visible again: reconnects without back-off, or follows a reply that began meanwhile. */
  resume(): void;
  /** The network has changed: replaces the connection, which is dead even if it has not failed yet. */
  reconnect(): void;
  close(): void;
}

export function createLiveConnection(
  context: ClientContext,
  outbox: Outbox,
  history: HistoryLoader,
): LiveConnection {
  const { conversations, page, browserTabs } = context;
  let current: ReplyReader | null = null;
  let isDelayed = false;

  const isShown = (sessionId: string) => shownSession(context) === sessionId;

  function commit({ sessionId }: ReplyReader, turn: Turn): void {
    if (applyTurn(context, sessionId, turn) === 'gap') void history.load(sessionId);
  }

  function setConnection(reader: ReplyReader, state: ConnectionState): void {
    if (state === 'idle' && current === reader) current = null;
    if (state === 'live' || state === 'delayed') isDelayed = state === 'delayed';
    conversations.update(reader.sessionId, (conversation) =>
      conversation.connection === state ? conversation : { ...conversation, connection: state },
    );
  }

  function follow(sessionId: string, turnId: string): void {
    const reader: ReplyReader = readReply(
      context,
      { sessionId, turnId },
      {
        commit: (turn) => commit(reader, turn),
        connection: (state) => setConnection(reader, state),
        gaveUp: () => void history.load(sessionId),
        isDelayed: () => isDelayed,
      },
    );
    current = reader;
  }

  /** The server accepted the message, but the connection failed before its turn arrived. */
  async function findInHistory({ turnId, sessionId }: OutboxEntry): Promise<ClientErrorInfo | null> {
    await history.load(sessionId);
    return outbox.find(turnId) ? { code: 'network' } : null;
  }

  function followShown(): void {
    const sessionId = shownSession(context);
    const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
    if (current && current.sessionId !== sessionId) {
      current.closeOnceCommitted();
      current = null;
    }
    if (current?.hasCommitted() && current.turnId !== turnId) current.close();
    if (sessionId !== undefined && turnId && !current && page.isVisible()) follow(sessionId, turnId);
  }

  return {
    post: (message, model) =>
      new Promise((resolve) => {
        const { sessionId, assistantId, turnId, content, images = [], parentId, continueFrom } = message;
        let isAcknowledged = false;
        const reader: ReplyReader = readReply(
          context,
          message,
          {
            opened() {
              if (!isShown(sessionId)) return reader.closeOnceCommitted();
              if (current !== reader) current?.close();
              current = reader;
            },
            sendFailed: resolve,
            commit(turn) {
              // Other browser tabs get the start and the end; those that show the conversation follow in
              // between.
              if (!isAcknowledged || !isLive(turn)) browserTabs.post({ type: 'turn', sessionId, turn });
              commit(reader, turn);
              if (!isAcknowledged) outbox.acknowledge(turnId);
              isAcknowledged = true;
              resolve(null);
            },
            connection: (state) => setConnection(reader, state),
            gaveUp: () => void findInHistory(message).then(resolve),
            isDelayed: () => isDelayed,
          },
          {
            sessionId,
            assistantId,
            turnId,
            content,
            ...(images.length > 0 && { images: images.map(({ id }) => id) }),
            parentId,
            lastTurnId: lastStoredTurn(conversations.of(sessionId)),
            continueFrom,
            model,
            timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          },
        );
      }),
    followShown,
    isReading: () => current !== null,
    resume() {
      current?.resume();
      followShown();
    },
    reconnect: () => current?.reconnect(),
    close: () => current?.close(),
  };
}

/**
 * The last turn on the page that is stored. A turn that the store has lost exists only in this browser tab.
 */
const lastStoredTurn = (conversation: Conversation | undefined): string | undefined =>
  conversation?.turnIds.findLast((id) => conversation.turns[id]?.error?.reason !== 'gone');
