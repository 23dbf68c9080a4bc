import { isLive, type Turn } from '@/lib/chat/turn';
import type { ClientErrorInfo } from '../http/client-error';
import { type ClientContext, shownSession } from '../state/context';
import type { ConnectionState } from '../state/conversation';
import type { PendingSend } from '../state/pending-send';
import { commitTurn } from './commit-turn';
import type { HistoryLoader } from './load-history';
import type { Outbox } from './outbox';
import { type ReplyReader, readReply } from './reply-reader';

export interface LiveConnection {
  /**
   * Posts a turn and reads its reply. Resolves to null as soon as the server has the turn (the entry is acknowledged
   * then, and the reply goes on being read), to the error if it was refused or did not arrive. Never rejects.
   */
  send(entry: PendingSend, model: string | undefined): Promise<ClientErrorInfo | null>;
  /**
   * Makes the connection what the screen needs: the live reply of the conversation on screen is read, no other.
   * Called whenever what is on screen, or its live turn, has changed.
   */
  settle(): void;
  /** True while a reply is read. */
  reading(): boolean;
  /** The page woke up: what was cut is taken up at once, and so is what came to life behind its back. */
  wake(): void;
  /** The network is another one: a connection of before is dead, whether it says so or not. */
  reconnect(): void;
  close(): void;
}

const idsOf = (images: PendingSend['images']) =>
  images && images.length > 0 ? images.map(({ id }) => id) : undefined;

/**
 * At most one reply is read at a time: that on screen, and only where somebody looks. A send that is not acknowledged
 * yet is never broken off.
 */
export function createLiveConnection(
  context: ClientContext,
  outbox: Outbox,
  history: HistoryLoader,
): LiveConnection {
  const { conversations, page, tabs } = context;
  let current: ReplyReader | null = null;

  const isShown = (sessionId: string) => shownSession(context) === sessionId;

  function commit(reader: ReplyReader, turn: Turn): void {
    const place = commitTurn(context, reader.sessionId, turn);
    if (place === 'gap') void history.load(reader.sessionId);
  }

  function connection(reader: ReplyReader, state: ConnectionState): void {
    if (state === 'idle' && current === reader) current = null;
    conversations.update(reader.sessionId, (known) =>
      known.connection === state ? known : { ...known, connection: state },
    );
  }

  function follow(sessionId: string, turnId: string): void {
    const reader: ReplyReader = readReply(
      context,
      { sessionId, turnId },
      {
        commit: (turn) => commit(reader, turn),
        connection: (state) => connection(reader, state),
        lost: () => void history.load(sessionId),
      },
    );
    current = reader;
  }

  /** Accepted, but nothing of it was seen: if the history has it, reading it acknowledges it; else it did not arrive. */
  async function lost({ turnId, sessionId }: PendingSend): Promise<ClientErrorInfo | null> {
    await history.load(sessionId);
    return outbox.find(turnId) ? { code: 'network' } : null;
  }

  function settle(): void {
    const sessionId = shownSession(context);
    const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
    if (current && current.sessionId !== sessionId) {
      current.leave();
      current = null;
    }
    if (current?.committed() && current.turnId !== turnId) current.close();
    if (sessionId !== undefined && turnId && !current && page.visible()) follow(sessionId, turnId);
  }

  return {
    send: (entry, model) =>
      new Promise((resolve) => {
        const { sessionId, assistantId, turnId, content, images, parentId, continueFrom } = entry;
        // The other tabs are told the beginning and the end; those that show the conversation follow in between.
        let isTold = false;
        const reader: ReplyReader = readReply(
          context,
          entry,
          {
            opened() {
              if (!isShown(sessionId)) return reader.leave();
              if (current !== reader) current?.close();
              current = reader;
            },
            refused: resolve,
            commit(turn) {
              if (!isTold || !isLive(turn)) tabs.tell({ type: 'turn', sessionId, turn });
              commit(reader, turn);
              if (!isTold) outbox.acknowledge(turnId);
              isTold = true;
              resolve(null);
            },
            connection: (state) => connection(reader, state),
            lost: () => void lost(entry).then(resolve),
          },
          { sessionId, assistantId, turnId, content, images: idsOf(images), parentId, continueFrom, model },
        );
      }),
    settle,
    reading: () => current !== null,
    wake() {
      current?.wake();
      settle();
    },
    reconnect: () => current?.reconnect(),
    close: () => current?.close(),
  };
}
