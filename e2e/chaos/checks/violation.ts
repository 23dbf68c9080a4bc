import type { Turn } from '@/lib/chat/turn';
import type { SentTurn } from './chaos-log';

/** A promise that was not kept: which one, and what was found. */
export interface Violation {
  rule:
    | 'lost' // an acknowledged turn is missing
    | 'duplicate' // one turn in two places, or sent to the model twice
    | 'misplaced' // in another session, or of another assistant or owner
    | 'orphan' // without its parent, or before it
    | 'text' // text that the model did not send, or less than is known to have been stored
    | 'rewritten' // a terminal turn that changed, or became live again
    | 'path' // a history that is not a path of the tree
    | 'unseen' // an acknowledged turn that its sender did not find at once
    | 'stuck' // still live after the run
    | 'context' // the model received another conversation
    | 'leak' // another guest received something
    | 'contract'; // a response that the API contract does not allow
  what: string;
}

/** The run, indexed for the checks. */
export interface RunIndex {
  /** The assistant of each session, by `client/session`. */
  assistants: Map<string, string>;
  sent: Map<string, SentTurn>;
  final: Map<string, Turn>;
  /** By the name that is in the question and in every word of its reply. */
  byName: Map<string, SentTurn>;
}
