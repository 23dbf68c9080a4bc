import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { contextStart } from '@/lib/chat/context-start';
import type { Turn } from '@/lib/chat/turn';
import { client } from '../actions/client';
import type { ClientErrorInfo } from '../http/client-error';
import type { Conversation } from '../state/conversation';
import { placeFor } from '../state/conversation-changes';
import type { PendingSend } from '../state/pending-send';

const { preferences, conversations } = client;

/** The conversation without its turns: a token changes none of this. */
export interface ConversationView {
  /** null: it is being found out which conversation this assistant shows. */
  sessionId: string | null;
  assistantId: string;
  /** `failed`: nothing is known, show the error and Retry (`openAssistant`). With `ready`, `error` is a refresh that failed. */
  phase: Conversation['phase'];
  error: ClientErrorInfo | null;
  title: string;
  /** No turn on the shown path. With `ready` and nothing pending: the welcome. */
  empty: boolean;
  total: number;
  hasOlder: boolean;
  older: Conversation['older'];
  /** The turn whose reply is being written. */
  activeTurnId: string | null;
  connection: Conversation['connection'];
}

export function useConversation(assistantId: string): ConversationView {
  const sessionId = useStore(preferences, (state) => state.sessionIds[assistantId] ?? null);
  return useStore(
    conversations,
    useShallow(({ bySession, lookups }): ConversationView => {
      const known = sessionId === null ? undefined : bySession[sessionId];
      const lookup = lookups[assistantId];
      const failed = !known && lookup?.phase === 'failed' ? lookup.error : null;
      return {
        sessionId,
        assistantId,
        phase: known?.phase ?? (failed ? 'failed' : 'loading'),
        error: known?.error ?? failed,
        title: known?.title ?? '',
        empty: !known || known.turnIds.length === 0,
        total: known?.total ?? 0,
        hasOlder: known ? known.nextBefore !== null : false,
        older: known?.older ?? 'idle',
        activeTurnId: known?.activeTurnId ?? null,
        connection: known?.connection ?? 'idle',
      };
    }),
  );
}

const NO_IDS: readonly string[] = [];

/**
 * The shown turns, oldest first. While a retry or a version is on its way, the path ends where it will hang, so that
 * the pending words stand in their place. A reply that is to go on stays where it is meanwhile.
 */
export function useTurnIds(sessionId: string | null): readonly string[] {
  const ids = useStore(conversations, ({ bySession }) =>
    sessionId === null ? NO_IDS : (bySession[sessionId]?.turnIds ?? NO_IDS),
  );
  const branch = usePending(sessionId).find(
    ({ state, parentId, continueFrom }) =>
      state === 'sending' && parentId !== undefined && continueFrom === undefined,
  );
  return useMemo(() => {
    const known = sessionId === null ? undefined : conversations.of(sessionId);
    if (!known || branch?.parentId === undefined) return ids;
    const at = placeFor({ turnIds: ids, turns: known.turns }, { parentId: branch.parentId });
    return at < 0 ? ids : ids.slice(0, at);
  }, [ids, branch, sessionId]);
}

/** One turn; a token of another turn does not re-render who asks. */
export const useTurn = (sessionId: string, turnId: string): Turn | undefined =>
  useStore(conversations, ({ bySession }) => bySession[sessionId]?.turns[turnId]);

/** All turns of the shown path that are loaded, oldest first. Changes with every token: for a search only. */
export function useLoadedTurns(sessionId: string): readonly Turn[] {
  const known = useStore(conversations, ({ bySession }) => bySession[sessionId]);
  const { turnIds = NO_IDS, turns } = known ?? {};
  return useMemo(() => turnIds.flatMap((id) => turns?.[id] ?? []), [turnIds, turns]);
}

/** The ids of all versions of a turn, itself included, oldest first; empty where there is one only. */
export const useVersions = (sessionId: string, turnId: string): readonly string[] =>
  useStore(conversations, ({ bySession }) => bySession[sessionId]?.versions[turnId] ?? NO_IDS);

const NO_EDITS: readonly (readonly string[])[] = [];

/** Where the versions of a turn differ in what was said: their ids, those with the same words together; else empty. */
export const useEdits = (sessionId: string, turnId: string): readonly (readonly string[])[] =>
  useStore(conversations, ({ bySession }) => bySession[sessionId]?.wordings[turnId] ?? NO_EDITS);

/** The shown turn with which the model's memory began for the newest reply; null if it was given everything. */
export const useContextStart = (sessionId: string): string | null =>
  useStore(conversations, ({ bySession }) => {
    const known = bySession[sessionId];
    const newest = known?.turns[known.turnIds.at(-1) ?? ''];
    if (!known || !newest?.context?.dropped) return null;
    return contextStart(known.turnIds.map((id) => known.turns[id]).filter((turn) => turn !== undefined));
  });

/** The words of this conversation that the server has not acknowledged, oldest first. */
export const usePending = (sessionId: string | null): readonly PendingSend[] =>
  useStore(
    preferences,
    useShallow((state) => state.outbox.filter((entry) => entry.sessionId === sessionId)),
  );
