import type { Turn } from '@/lib/chat/turn';
import type { ClientErrorInfo } from '../http/client-error';

/**
 * `live`: a reply is being read. `reconnecting`: its connection was lost. `delayed`: a proxy holds the stream back, so the
 * reply is read from the history, in steps.
 */
export type ConnectionState = 'idle' | 'live' | 'reconnecting' | 'delayed';

/** A session as this page has loaded it. In memory only. */
export interface Conversation {
  readonly sessionId: string;
  readonly assistantId: string;
  /** `failed` only if nothing is loaded; a failed refresh leaves `ready` and sets `error`. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: ClientErrorInfo | null;
  readonly title: string;
  /** The loaded turns of the path, oldest first; `turns` has each of them. */
  readonly turnIds: readonly string[];
  readonly turns: Readonly<Record<string, Turn>>;
  /** For a turn that has versions: the ids of all of them, itself included, oldest first. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** For a turn with edits: the ids of its versions, grouped by user message. */
  readonly wordings: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Turns on the path, loaded or not. */
  readonly total: number;
  /** The cursor of the next older page; null if all is loaded. */
  readonly nextBefore: string | null;
  readonly older: 'idle' | 'loading' | 'failed';
  readonly activeTurnId: string | null;
  readonly connection: ConnectionState;
  /** Counts changes of the path. A history answer that was requested before one is out of date. */
  readonly revision: number;
}

export const newConversation = (
  sessionId: string,
  assistantId: string,
  phase: Conversation['phase'],
): Conversation => ({
  sessionId,
  assistantId,
  phase,
  error: null,
  title: '',
  turnIds: [],
  turns: {},
  versions: {},
  wordings: {},
  total: 0,
  nextBefore: null,
  older: 'idle',
  activeTurnId: null,
  connection: 'idle',
  revision: 0,
});
