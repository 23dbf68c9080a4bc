import type { ErrorCode } from '@/lib/chat/errors';
import type { Session } from '@/lib/chat/session';
import type { Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';

/** One of the two servers, across restarts of its process. */
export type ServerName = 'A' | 'B';

/** Clients share session and turn ids on purpose, so an id identifies a session only together with its client. */
export interface SessionRef {
  client: string;
  sessionId: string;
}

/** A turn that a client tried to send. */
export interface SentTurn extends SessionRef {
  turnId: string;
  assistantId: string;
  /** As requested: undefined means the head at that moment. */
  parentId?: string | null;
  /** A question for a named reply, whose name is unique to this turn. */
  content: string;
  /** The servers it was sent to. If it is only one, reads from the other server show what is stored. */
  sentTo: Set<ServerName>;
}

/** When a call was made and when its response arrived, in ms of one clock. */
export interface Span {
  from: number;
  to: number;
}

/** What a client saw, in the order of the responses. */
export type Observation = SessionRef &
  Span & { via: ServerName } & (
    | { kind: 'acknowledged'; turnId: string }
    /** `isFinal`: the response says that the turn has ended (`end`, or the response to a stop). */
    | { kind: 'turn'; turn: Turn; isFinal: boolean }
    /** `mustShow`: an acknowledged turn that no later call can have removed from the shown path. */
    | { kind: 'history'; history: HistoryAnswer; mustShow?: string }
    | { kind: 'list'; sessions: Session[] }
    | { kind: 'refused'; act: string; code: string; allowed: readonly ErrorCode[] }
    /** What a guest received of another guest's conversation. */
    | { kind: 'foreign'; what: string; got: string }
    | { kind: 'broken'; what: string }
  );

/** A conversation as its client created it. */
export interface CreatedSession extends SessionRef {
  assistantId: string;
}

/** A conversation after the run, with every version of its turns. */
export interface FinalSession extends SessionRef {
  /** Its entry in the list of conversations; null if it has none. */
  listed: Session | null;
  turns: Turn[];
}

/** A request that the model received. */
export interface ModelRequest {
  system: string;
  /** Without the system prompt; the question comes last. */
  messages: { role: string; content: string }[];
}

/** The record of a run. */
export interface ChaosLog {
  created: CreatedSession[];
  sent: SentTurn[];
  observations: Observation[];
  final: FinalSession[];
  modelRequests: ModelRequest[];
  /** The system prompt of each assistant. */
  prompts: Record<string, string>;
}

export const emptyLog = (prompts: Record<string, string>): ChaosLog => ({
  created: [],
  sent: [],
  observations: [],
  final: [],
  modelRequests: [],
  prompts,
});

export const turnKey = ({ client, sessionId }: SessionRef, turnId: string): string =>
  `${client}/${sessionId}/${turnId}`;
