import type { Turn } from '@/lib/chat/turn';
import type { ClientErrorInfo } from './client-error';
import { commitTurn } from './commit-turn';
import { type ClientContext, shownSession } from './context';
import type { ConnectionState } from './conversation';
import type { HistoryLoader } from './load-history';
import type { Outbox } from './outbox';
import type { PendingSend } from './pending-send';
import { type ReplyReader, readReply } from './reply-reader';

export interface LiveConnection {
  /** Posts a turn and reads its reply. What becomes of it shows in the outbox and the conversation. */
  send(entry: PendingSend): void;
  /**
   * Makes the connection what the screen needs: the live reply of the conversation on screen is read, no other.
   * Called whenever what is on screen, or its live turn, has changed.
   */
  settle(): void;
  /** True while a reply is read. */
  reading(): boolean;
  wake(): void;
  close(): void;
}

/** At most one reply is read at a time: that on screen. A send that is not acknowledged yet is never broken off. */
export function createLiveConnection(
  context: ClientContext,
  outbox: Outbox,
  history: HistoryLoader,
): LiveConnection {
  const { conversations } = context;
  let current: ReplyReader | null = null;

  const isShown = (sessionId: string) => shownSession(context) === sessionId;

  function commit(reader: ReplyReader, turn: Turn): void {
    const place = commitTurn(context, reader.sessionId, turn);
    outbox.acknowledge(reader.turnId);
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

  function refused({ turnId, sessionId }: PendingSend, error: ClientErrorInfo): void {
    outbox.fail(turnId, error);
    // Somebody else's reply is under way: reading the history finds it, and `settle` follows it.
    if (error.code === 'turn_in_progress') void history.load(sessionId);
  }

  /** Accepted, but nothing of it was seen: if the history has it, reading it acknowledges it; else it did not arrive. */
  async function lost({ turnId, sessionId }: PendingSend): Promise<void> {
    await history.load(sessionId);
    outbox.fail(turnId, { code: 'network' });
  }

  return {
    send(entry) {
      const { sessionId, assistantId, turnId, content, parentId, model } = entry;
      const reader: ReplyReader = readReply(
        context,
        entry,
        {
          opened() {
            if (!isShown(sessionId)) return reader.leave();
            if (current !== reader) current?.close();
            current = reader;
          },
          refused: (error) => refused(entry, error),
          commit: (turn) => commit(reader, turn),
          connection: (state) => connection(reader, state),
          lost: () => void lost(entry),
        },
        { sessionId, assistantId, turnId, content, parentId, model },
      );
    },
    settle() {
      const sessionId = shownSession(context);
      const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
      if (current && current.sessionId !== sessionId) {
        current.leave();
        current = null;
      }
      if (current?.committed() && current.turnId !== turnId) current.close();
      if (sessionId !== undefined && turnId && !current) follow(sessionId, turnId);
    },
    reading: () => current !== null,
    wake: () => current?.wake(),
    close: () => current?.close(),
  };
}
