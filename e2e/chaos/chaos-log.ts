import type { ErrorCode } from '@/lib/chat/errors';
import type { Session } from '@/lib/chat/session';
import type { Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';

/** A server process by its place, whatever process holds it at the time. */
export type ServerName = 'A' | 'B';

/** Clients share session and turn ids with others on purpose: only with its owner is an id a turn. */
export interface Place {
  client: string;
  sessionId: string;
}

/** A turn that a client tried to send. */
export interface SentTurn extends Place {
  turnId: string;
  assistantId: string;
  /** As asked: undefined is the head of the moment. */
  parentId?: string | null;
  /** A question for a named reply, whose name is this turn's and nobody else's. */
  content: string;
  /** Every server that it was sent to. One only: whoever reads at the other reads what is stored. */
  sentTo: Set<ServerName>;
}

/** When a call was made and when its answer was there, by one clock (ms). */
export interface Span {
  from: number;
  to: number;
}

/** What a client saw, in the order of the answers. */
export type Observation = Place &
  Span & { via: ServerName } & (
    | { kind: 'acknowledged'; turnId: string }
    /** `whole`: the answer says that this is how the turn ended (`end`, or the answer to a stop). */
    | { kind: 'turn'; turn: Turn; whole: boolean }
    /** `mustShow`: a turn that nothing since its acknowledgement can have taken off the shown path. */
    | { kind: 'history'; answer: HistoryAnswer; mustShow?: string }
    | { kind: 'list'; sessions: Session[] }
    | { kind: 'refused'; act: string; code: string; allowed: readonly ErrorCode[] }
    /** What a guest got of a conversation that is another's. */
    | { kind: 'foreign'; what: string; got: string }
    | { kind: 'broken'; what: string }
  );

/** A conversation as its client made it. */
export interface MadeSession extends Place {
  assistantId: string;
}

/** A conversation as it stands when all is settled, every version of it. */
export interface FinalSession extends Place {
  /** What the list of conversations says of it; null: not in the list. */
  listed: Session | null;
  turns: Turn[];
}

/** What the model was asked. */
export interface Asked {
  system: string;
  /** Of the conversation, the question last. */
  messages: { role: string; content: string }[];
}

/** All that is known of a run. */
export interface ChaosLog {
  made: MadeSession[];
  sent: SentTurn[];
  seen: Observation[];
  final: FinalSession[];
  asked: Asked[];
  /** The system prompt by assistant. */
  prompts: Record<string, string>;
}

export const emptyLog = (prompts: Record<string, string>): ChaosLog => ({
  made: [],
  sent: [],
  seen: [],
  final: [],
  asked: [],
  prompts,
});

export const turnKey = ({ client, sessionId }: Place, turnId: string): string =>
  `${client}/${sessionId}/${turnId}`;
