import type { Turn } from '@/lib/chat/turn';
import { isRetryable } from '../http/client-error';
import { type ClientContext, shownSession } from '../state/context';
import { newConversation } from '../state/conversation';
import { sameImages } from '../state/draft';
import { comesFromComposer, type PendingSend } from '../state/pending-send';
import { commitTurn } from '../sync/commit-turn';
import type { Outbox } from '../sync/outbox';
import type { OutboxPump } from '../sync/outbox-pump';
import type { Actions } from './actions';
import { attempt } from './attempt';
import type { OpenActions } from './open-actions';

type SendActions = Pick<
  Actions,
  'send' | 'retrySend' | 'editSend' | 'discardSend' | 'retryTurn' | 'continueReply' | 'stop'
>;

export function createSendActions(
  context: ClientContext,
  outbox: Outbox,
  pump: OutboxPump,
  { sessionFor, makeSession }: Pick<OpenActions, 'sessionFor' | 'makeSession'>,
): SendActions {
  const { api, tabs, scheduler, preferences, conversations, newId } = context;

  /** One that has failed waits again. What can never be accepted as it is stays: its words have to change. */
  function retry({ turnId, sessionId, state, error }: PendingSend): void {
    if (state === 'sending' || (error && !isRetryable(error))) return;
    outbox.wait(turnId);
    pump.hurry(sessionId);
  }

  /** The newest unsent words of a conversation, if they are these: saying them again is a retry. */
  function sameAs(sessionId: string, isSame: (entry: PendingSend) => boolean): PendingSend | undefined {
    const newest = outbox.of(sessionId).at(-1);
    return newest && isSame(newest) && !(newest.error && !isRetryable(newest.error)) ? newest : undefined;
  }

  function shownTurn(turnId: string): { sessionId: string; turn: Turn } | undefined {
    const sessionId = shownSession(context);
    const turn = sessionId === undefined ? undefined : conversations.of(sessionId)?.turns[turnId];
    return sessionId === undefined || !turn ? undefined : { sessionId, turn };
  }

  /** The words of a turn on screen once more, as a version beside it. */
  function sendBeside(turnId: string, how: Pick<PendingSend, 'continueFrom' | 'askedModel'>): void {
    const shown = shownTurn(turnId);
    if (!shown) return;
    const { sessionId, turn } = shown;
    const { assistantId, parentId, user } = turn;
    const same = sameAs(
      sessionId,
      (entry) =>
        entry.parentId === parentId &&
        entry.continueFrom === how.continueFrom &&
        entry.askedModel === how.askedModel &&
        entry.content === user.content &&
        sameImages(entry.images, user.images),
    );
    if (same) {
      retry(same);
      return;
    }
    pump.send({
      turnId: newId(),
      sessionId,
      assistantId,
      content: user.content,
      ...(user.images.length > 0 && { images: user.images }),
      parentId,
      ...(how.continueFrom !== undefined && { continueFrom: how.continueFrom }),
      ...(how.askedModel !== undefined && { askedModel: how.askedModel }),
      createdAt: scheduler.now(),
    });
  }

  return {
    async send({ assistantId, content, images = [] }) {
      // A server that cannot be asked for the newest conversation must not swallow the words: they begin a new one.
      const sessionId = (await sessionFor(assistantId)) ?? makeSession(assistantId);
      if (!conversations.of(sessionId)) {
        conversations.put(newConversation(sessionId, assistantId, 'loading'));
      }
      const edit = preferences.getState().editing[sessionId];
      const same = sameAs(
        sessionId,
        (entry) =>
          comesFromComposer(entry) &&
          entry.edits === edit?.turnId &&
          entry.content === content &&
          sameImages(entry.images, images),
      );
      if (same) return retry(same);
      pump.send({
        turnId: newId(),
        sessionId,
        assistantId,
        content,
        ...(images.length > 0 && { images }),
        ...(edit && { parentId: edit.parentId, edits: edit.turnId }),
        createdAt: scheduler.now(),
      });
    },
    async retrySend(turnId) {
      const entry = outbox.find(turnId);
      if (entry) retry(entry);
    },
    editSend: (turnId) => outbox.takeBack(turnId),
    discardSend: (turnId) => outbox.remove(turnId),
    retryTurn: async (turnId, askedModel) => sendBeside(turnId, { askedModel }),
    continueReply: async (turnId) =>
      sendBeside(turnId, { continueFrom: turnId, askedModel: shownTurn(turnId)?.turn.reply.model }),
    stop: () =>
      attempt(async () => {
        const sessionId = shownSession(context);
        const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
        if (sessionId === undefined || !turnId) return;
        const turn = await api.stopTurn(sessionId, turnId);
        commitTurn(context, sessionId, turn);
        tabs.tell({ type: 'turn', sessionId, turn });
      }),
  };
}
