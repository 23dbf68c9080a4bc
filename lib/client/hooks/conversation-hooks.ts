import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { contextStart } from '@/lib/chat/context/context-start';
import type { Turn } from '@/lib/chat/turn';
import { client } from '../actions/client';
import type { ClientErrorInfo } from '../http/client-error';
import { shownSession } from '../state/context';
import type { Conversation } from '../state/conversation';
import { positionOf } from '../state/conversation-changes';
import type { OutboxEntry } from '../state/outbox-entry';

const { preferences, conversations } = client;

/** The conversation without its turns, so that a new token does not change it. */
export interface ConversationView {
  /** null until the assistant's session is resolved. */
  sessionId: string | null;
  assistantId: string;
  /**
   * `failed`: nothing is loaded; `openAssistant` retries. With `ready`, `error` is that of a failed refresh.
   */
  phase: Conversation['phase'];
  error: ClientErrorInfo | null;
  title: string;
  /** No turn is loaded. */
  isEmpty: boolean;
  total: number;
  hasOlder: boolean;
  older: Conversation['older'];
  /** The live turn. */
  activeTurnId: string | null;
  connection: Conversation['connection'];
}

export function useConversation(assistantId: string): ConversationView {
  const sessionId = useStore(preferences, (state) => state.sessionIds[assistantId] ?? null);
  return useStore(
    conversations,
    useShallow(({ bySession, lookups }): ConversationView => {
      const conversation = sessionId === null ? undefined : bySession[sessionId];
      const lookup = lookups[assistantId];
      const failed = !conversation && lookup?.phase === 'failed' ? lookup.error : null;
      return {
        sessionId,
        assistantId,
        phase: conversation?.phase ?? (failed ? 'failed' : 'loading'),
        error: conversation?.error ?? failed,
        title: conversation?.title ?? '',
        isEmpty: !conversation || conversation.turnIds.length === 0,
        total: conversation?.total ?? 0,
        hasOlder: conversation ? conversation.nextBefore !== null : false,
        older: conversation?.older ?? 'idle',
        activeTurnId: conversation?.activeTurnId ?? null,
        connection: conversation?.connection ?? 'idle',
      };
    }),
  );
}

const NO_IDS: readonly string[] = [];

/**
 * The turns to show, oldest first. While a version is being sent, the path ends before it, so that the
 * pending message takes its place; a reply that is being continued stays.
 */
export function useTurnIds(sessionId: string | null): readonly string[] {
  const ids = useStore(conversations, ({ bySession }) =>
    sessionId === null ? NO_IDS : (bySession[sessionId]?.turnIds ?? NO_IDS),
  );
  const version = usePending(sessionId).find(
    ({ state, parentId, continueFrom }) =>
      state === 'sending' && parentId !== undefined && continueFrom === undefined,
  );
  return useMemo(() => {
    const conversation = sessionId === null ? undefined : conversations.of(sessionId);
    if (!conversation || version?.parentId === undefined) return ids;
    const position = positionOf({ turnIds: ids, turns: conversation.turns }, { parentId: version.parentId });
    return position < 0 ? ids : ids.slice(0, position);
  }, [ids, version, sessionId]);
}

/** One turn. A token of another turn does not render this one again. */
export const useTurn = (sessionId: string, turnId: string): Turn | undefined =>
  useStore(conversations, ({ bySession }) => bySession[sessionId]?.turns[turnId]);

/** The loaded turn as it is now, for an event handler; in a render use `useTurn`. */
export const readTurn = (sessionId: string, turnId: string): Turn | undefined =>
  conversations.of(sessionId)?.turns[turnId];

/** The texts so far of the replies on screen, oldest first. */
export function readReplies(): string[] {
  const sessionId = shownSession(client);
  const shown = sessionId === undefined ? undefined : conversations.of(sessionId);
  return shown?.turnIds.map((id) => shown.turns[id]?.reply.content ?? '').filter(Boolean) ?? [];
}

/** The ids of all versions of a turn, itself included, oldest first; empty if there is only one. */
export const useVersions = (sessionId: string, turnId: string): readonly string[] =>
  useStore(conversations, ({ bySession }) => bySession[sessionId]?.versions[turnId] ?? NO_IDS);

const NO_EDITS: readonly (readonly string[])[] = [];

/** The ids of a turn's versions, grouped by user message; empty if all have the same message. */
export const useEdits = (sessionId: string, turnId: string): readonly (readonly string[])[] =>
  useStore(conversations, ({ bySession }) => bySession[sessionId]?.wordings[turnId] ?? NO_EDITS);

/** The first turn that was sent to the model with the newest one; null if all were sent. */
export const useContextStart = (sessionId: string): string | null =>
  useStore(conversations, ({ bySession }) => {
    const conversation = bySession[sessionId];
    const newest = conversation?.turns[conversation.turnIds.at(-1) ?? ''];
    if (!conversation || !newest?.context?.dropped) return null;
    return contextStart(
      conversation.turnIds.map((id) => conversation.turns[id]).filter((turn) => turn !== undefined),
    );
  });

/** The unsent and unacknowledged messages of a session, oldest first. */
export const usePending = (sessionId: string | null): readonly OutboxEntry[] =>
  useStore(
    preferences,
    useShallow((state) => state.outbox.filter((entry) => entry.sessionId === sessionId)),
  );
