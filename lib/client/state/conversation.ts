import type { Turn } from '@/lib/chat/turn';
import type { ClientErrorInfo } from '../http/client-error';

/** `live`: a reply is being read. `reconnecting`: it was cut and is being taken up again. */
export type ConnectionState = 'idle' | 'live' | 'reconnecting';

/** What the page knows of one conversation. In memory only; the server has the truth. */
export interface Conversation {
  readonly sessionId: string;
  readonly assistantId: string;
  /** `failed` only when nothing is known; a refresh that failed leaves `ready` and sets `error`. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: ClientErrorInfo | null;
  readonly title: string;
  /** The shown path, oldest first; `turns` has every one of them. */
  readonly turnIds: readonly string[];
  readonly turns: Readonly<Record<string, Turn>>;
  /** For a turn that has versions: the ids of all of them, itself included, oldest first. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** For a turn whose versions differ in what was said: those with the same words together. */
  readonly wordings: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Turns on the shown path, those not loaded included. */
  readonly total: number;
  /** Where the next older page begins; null: all is loaded. */
  readonly nextBefore: string | null;
  readonly older: 'idle' | 'loading' | 'failed';
  readonly activeTurnId: string | null;
  readonly connection: ConnectionState;
  /** Grows with every change of the path that did not come from a history answer: an answer asked for before it is late. */
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
