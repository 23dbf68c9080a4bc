import type { ImageRef, Turn } from '@/lib/chat/turn';
import { type ActionResult, isRetryable } from '../http/client-error';
import { type ClientContext, shownSession } from '../state/context';
import { newConversation } from '../state/conversation';
import { draftKey, sameImages } from '../state/draft';
import { comesFromComposer, type OutboxEntry } from '../state/outbox-entry';
import { applyTurn } from '../sync/apply-turn';
import type { AssistantSessions } from '../sync/assistant-sessions';
import type { Outbox } from '../sync/outbox';
import type { OutboxSender } from '../sync/outbox-sender';
import { attempt } from './attempt';

export interface Message {
  assistantId: string;
  content: string;
  images?: readonly ImageRef[];
}

export function createSendActions(
  context: ClientContext,
  {
    outbox,
    sender,
    assistantSessions,
  }: { outbox: Outbox; sender: OutboxSender; assistantSessions: AssistantSessions },
) {
  const { api, browserTabs, scheduler, preferences, conversations, sessions, uploads, newId } = context;

  /** Does nothing for a message that is being sent, or that the server would refuse again. */
  function retry({ turnId, sessionId, state, error }: OutboxEntry): void {
    if (state === 'sending' || (error && !isRetryable(error))) return;
    outbox.wait(turnId);
    sender.sendNow(sessionId);
  }

  /** The newest unsent message of a session, if it is this one: sending it again is a retry. */
  function newestIf(sessionId: string, isSame: (entry: OutboxEntry) => boolean): OutboxEntry | undefined {
    const newest = outbox.of(sessionId).at(-1);
    return newest && isSame(newest) && !(newest.error && !isRetryable(newest.error)) ? newest : undefined;
  }

  function shownTurn(turnId: string): { sessionId: string; turn: Turn } | undefined {
    const sessionId = shownSession(context);
    const turn = sessionId === undefined ? undefined : conversations.of(sessionId)?.turns[turnId];
    return sessionId === undefined || !turn ? undefined : { sessionId, turn };
  }

  /** Sends the user message of a turn on screen again, as a version of that turn. */
  function sendVersion(turnId: string, options: Pick<OutboxEntry, 'continueFrom' | 'askedModel'>): void {
    const shown = shownTurn(turnId);
    if (!shown) return;
    const { sessionId, turn } = shown;
    const { assistantId, parentId, user } = turn;
    const same = newestIf(
      sessionId,
      (entry) =>
        entry.parentId === parentId &&
        entry.continueFrom === options.continueFrom &&
        entry.askedModel === options.askedModel &&
        entry.content === user.content &&
        sameImages(entry.images, user.images),
    );
    if (same) {
      retry(same);
      return;
    }
    sender.send({
      turnId: newId(),
      sessionId,
      assistantId,
      content: user.content,
      ...(user.images.length > 0 && { images: user.images }),
      parentId,
      ...(options.continueFrom !== undefined && { continueFrom: options.continueFrom }),
      ...(options.askedModel !== undefined && { askedModel: options.askedModel }),
      createdAt: scheduler.now(),
    });
  }

  return {
    /**
     * Sends the composer's draft, or, while an edit is open, a version of the edited turn. The draft is
     * cleared once the server has acknowledged the turn, unless it has changed meanwhile. A message that
     * cannot be sent yet, because a reply is running or the server cannot be reached, waits in the outbox and
     * is sent from there. The same message sent again while it is the newest unsent one is the same turn.
     * A browser that does not keep the cookie sends nothing: the page says why, and the draft stays.
     */
    async send({ assistantId, content, images = [] }: Message): Promise<void> {
      if (sessions.getState().cookieMissing) {
        const { getCookie } = await import('./get-cookie');
        if (!(await getCookie(context))) return;
      }
      // If the server cannot say which session is the newest, the message starts a new one rather than get
      // lost.
      const sessionId =
        (await assistantSessions.resolve(assistantId)) ?? assistantSessions.create(assistantId);
      if (!conversations.of(sessionId)) {
        conversations.put(newConversation(sessionId, assistantId, 'loading'));
      }
      const edit = preferences.getState().editing[sessionId];
      const same = newestIf(
        sessionId,
        (entry) =>
          comesFromComposer(entry) &&
          entry.edits === edit?.turnId &&
          entry.content === content &&
          sameImages(entry.images, images),
      );
      // What could not be attached is no longer of interest.
      const draft = draftKey(preferences.getState(), assistantId);
      uploads.setState(({ uploads }) => ({
        uploads: uploads.filter((upload) => upload.draft !== draft || upload.state !== 'refused'),
      }));
      if (same) return retry(same);
      sender.send({
        turnId: newId(),
        sessionId,
        assistantId,
        content,
        ...(images.length > 0 && { images }),
        ...(edit && { parentId: edit.parentId, edits: edit.turnId }),
        createdAt: scheduler.now(),
      });
    },
    /**
     * Sends a failed or waiting message now, with its own turn id, unless the server would refuse it again.
     */
    async retrySend(turnId: string): Promise<void> {
      const entry = outbox.find(turnId);
      if (entry) retry(entry);
    },
    /** Regenerates a reply, as a version of its turn; with `modelId`, by that model this once. */
    retryTurn: async (turnId: string, modelId?: string): Promise<void> =>
      sendVersion(turnId, { askedModel: modelId }),
    /** Continues a reply: a version that starts with its text, by the same model if that still exists. */
    continueReply: async (turnId: string): Promise<void> =>
      sendVersion(turnId, { continueFrom: turnId, askedModel: shownTurn(turnId)?.turn.reply.model }),
    /** Stops the reply on screen. The text that arrived is kept. */
    stop: (): Promise<ActionResult> =>
      attempt(async () => {
        const sessionId = shownSession(context);
        const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
        if (sessionId === undefined || !turnId) return;
        const turn = await api.stopTurn(sessionId, turnId);
        applyTurn(context, sessionId, turn);
        browserTabs.post({ type: 'turn', sessionId, turn });
      }),
  };
}
