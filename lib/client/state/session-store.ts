import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Session } from '@/lib/chat/session';
import type { ClientErrorInfo } from '../http/client-error';

/** The loaded part of an assistant's list of sessions. */
export interface SessionList {
  phase: 'loading' | 'ready' | 'failed';
  error: ClientErrorInfo | null;
  /** Newest first, pinned on top. */
  ids: readonly string[];
  total: number;
  nextBefore: string | null;
}

/** A clear or a delete that can still be undone. */
export type Undoable = {
  sessionId: string;
  assistantId: string;
  title: string;
  /** Milliseconds since the epoch, by the server's clock. */
  undoUntil: number;
} & ({ kind: 'clear' | 'delete' } | { kind: 'turn'; turnId: string });

export interface Sessions {
  byId: Readonly<Record<string, Session>>;
  lists: Readonly<Record<string, SessionList>>;
  /** Newest last. */
  undoable: readonly Undoable[];
  /** The browser does not keep the guest cookie, so a message would be lost with the next request. */
  cookieMissing: boolean;
  /** The browser does not store the draft, or a message that waits: storage is blocked or full. */
  storageRefused: boolean;
  /** Conversations that this browser had as a guest, before its person signed in. */
  joinable: number;
  /** Why the server no longer knows this browser; null while it does. */
  refusal: ClientErrorInfo | null;
}

export type SessionStore = StoreApi<Sessions>;

export const createSessionStore = (): SessionStore =>
  createStore<Sessions>(() => ({
    byId: {},
    lists: {},
    undoable: [],
    cookieMissing: false,
    storageRefused: false,
    joinable: 0,
    refusal: null,
  }));
