import { chosenModel } from '../chosen-model';
import { isRetryable } from '../client-error';
import { commitTurn } from '../commit-turn';
import { type ClientContext, shownSession } from '../context';
import { newConversation } from '../conversation';
import type { LiveConnection } from '../live-connection';
import type { Outbox } from '../outbox';
import type { PendingSend } from '../pending-send';
import type { Actions } from './actions';
import { attempt } from './attempt';
import type { OpenActions } from './open-actions';

type SendActions = Pick<Actions, 'send' | 'retrySend' | 'discardSend' | 'retryTurn' | 'stop'>;

export function createSendActions(
  context: ClientContext,
  live: LiveConnection,
  outbox: Outbox,
  { sessionFor, makeSession }: Pick<OpenActions, 'sessionFor' | 'makeSession'>,
): SendActions {
  const { api, scheduler, preferences, conversations, catalog, newId } = context;

  const modelFor = (assistantId: string) =>
    chosenModel(catalog.getState().models.value, preferences.getState().models[assistantId]);

  function transmit(entry: Omit<PendingSend, 'state' | 'error' | 'model'>): void {
    const { turnId, sessionId, assistantId, content, parentId, createdAt } = entry;
    const sending: PendingSend = {
      turnId,
      sessionId,
      assistantId,
      content,
      createdAt,
      ...(parentId !== undefined && { parentId }),
      model: modelFor(assistantId),
      state: 'sending',
    };
    outbox.put(sending);
    live.send(sending);
  }

  function retry(entry: PendingSend): void {
    if (entry.state === 'sending') return;
    if (!entry.error || isRetryable(entry.error)) {
      transmit(entry);
    } else {
      outbox.remove(entry.turnId);
      transmit({ ...entry, turnId: newId(), createdAt: scheduler.now() });
    }
  }

  return {
    async send({ assistantId, content }) {
      // A server that cannot be asked for the newest conversation must not swallow the words: they begin a new one.
      const sessionId = (await sessionFor(assistantId)) ?? makeSession(assistantId);
      if (!conversations.of(sessionId)) {
        conversations.put(newConversation(sessionId, assistantId, 'loading'));
      }
      const waiting = outbox.of(sessionId).filter((entry) => entry.parentId === undefined);
      const same = waiting.find((entry) => entry.content === content);
      if (same) return retry(same);
      // Words that could never be accepted as they were have been edited: these stand in their place.
      for (const { turnId, error } of waiting) if (error && !isRetryable(error)) outbox.remove(turnId);
      transmit({ turnId: newId(), sessionId, assistantId, content, createdAt: scheduler.now() });
    },
    async retrySend(turnId) {
      const entry = outbox.find(turnId);
      if (entry) retry(entry);
    },
    discardSend: (turnId) => outbox.remove(turnId),
    async retryTurn(turnId) {
      const sessionId = shownSession(context);
      const turn = sessionId === undefined ? undefined : conversations.of(sessionId)?.turns[turnId];
      if (sessionId === undefined || !turn) return;
      const same = outbox.of(sessionId).find(({ parentId }) => parentId === turn.parentId);
      if (same?.content === turn.user.content) return retry(same);
      transmit({
        turnId: newId(),
        sessionId,
        assistantId: turn.assistantId,
        content: turn.user.content,
        parentId: turn.parentId,
        createdAt: scheduler.now(),
      });
    },
    stop: () =>
      attempt(async () => {
        const sessionId = shownSession(context);
        const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
        if (sessionId === undefined || !turnId) return;
        commitTurn(context, sessionId, await api.stopTurn(sessionId, turnId));
      }),
  };
}
