import { useEffect, useEffectEvent } from 'react';
import type { TurnStatus } from '@/lib/chat/turn';
import { client } from '../actions/client';
import { watch } from '../state/watch';

const { preferences, conversations } = client;

/** Calls `run` when text is added at the end of the conversation: a new turn, or more of the newest reply. */
export function useOnNewText(sessionId: string, run: () => void): void {
  const onNewText = useEffectEvent(run);
  useEffect(() => {
    const newest = () => {
      const conversation = conversations.of(sessionId);
      const turn = conversation?.turns[conversation.turnIds.at(-1) ?? ''];
      return turn && `${turn.id}:${turn.reply.content.length + turn.reply.reasoning.length}`;
    };
    return watch([conversations], newest, () => onNewText());
  }, [sessionId]);
}

/** Calls `run` when a message is sent in this conversation, for the first time or again. */
export function useOnSend(sessionId: string | null, run: () => void): void {
  const onSend = useEffectEvent(run);
  useEffect(() => {
    const newest = () =>
      preferences
        .getState()
        .outbox.findLast((entry) => entry.sessionId === sessionId && entry.state !== 'failed')?.turnId;
    return watch([preferences], newest, () => {
      if (newest() !== undefined) onSend();
    });
  }, [sessionId]);
}

/**
 * Calls `run` at once, and whenever the reply on screen begins or ends, with its status; null while there is none, or its
 * message is still being sent.
 */
export function useOnReplyStatus(sessionId: string | null, run: (status: TurnStatus | null) => void): void {
  const onReplyStatus = useEffectEvent(run);
  useEffect(() => {
    let turnId: string | undefined;
    const status = (): TurnStatus | null => {
      const conversation = sessionId === null ? undefined : conversations.of(sessionId);
      // A quick reply begins and ends within one frame, so its turn is tracked as soon as its message is
      // sent.
      const sending = preferences
        .getState()
        .outbox.find((entry) => entry.sessionId === sessionId && entry.state === 'sending');
      turnId = conversation?.activeTurnId ?? sending?.turnId ?? turnId;
      return conversation?.turns[turnId ?? '']?.status ?? null;
    };
    onReplyStatus(status());
    return watch(
      [conversations, preferences],
      () => `${status()} ${turnId}`,
      () => onReplyStatus(status()),
    );
  }, [sessionId]);
}
