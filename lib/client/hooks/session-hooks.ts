import { useStore } from 'zustand';
import type { Session } from '@/lib/chat/session';
import { client } from '../actions/client';
import type { ClientErrorInfo } from '../http/client-error';
import type { Undoable } from '../state/session-store';
import { useHealth } from './catalog-hooks';

const { sessions } = client;

/** One session as the server last returned it; undefined before its first message. */
export const useSession = (sessionId: string | null): Session | undefined =>
  useStore(sessions, ({ byId }) => (sessionId === null ? undefined : byId[sessionId]));

/** How many conversations this browser had as a guest, before its person signed in. */
export const useJoinable = (): number => useStore(sessions, (state) => state.joinable);

/** Why the server no longer knows this browser: its access code was changed, or it was signed out. */
export const useRefusal = (): ClientErrorInfo | null => useStore(sessions, (state) => state.refusal);

/** The clears and deletes that can still be undone, newest last. */
export const useUndoable = (): readonly Undoable[] => useStore(sessions, (state) => state.undoable);

/**
 * True if the browser does not keep the guest cookie. If each instance has its own store, none accepts the cookie of
 * another, although the browser kept it.
 */
export function useCookieMissing(): boolean {
  const isMissing = useStore(sessions, (state) => state.cookieMissing);
  const { phase, value } = useHealth();
  return isMissing && (value !== null || phase === 'failed') && value?.store.reason !== 'per_instance';
}

/** True if the browser does not store the draft, or a message that waits. */
export const useStorageRefused = (): boolean => useStore(sessions, (state) => state.storageRefused);
