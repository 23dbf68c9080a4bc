import { toFinishReason } from '@/lib/chat/finish-reason';
import type { Turn, TurnStatus } from '@/lib/chat/turn';
import { CorruptRecord, NewerRecord } from './store-error';

/** The values of a turn that a store keeps beside its JSON. Where the two differ, these hold. */
export interface TurnState {
  status: TurnStatus;
  parentId: string | null;
  depth: number;
  deletedAt: number | null;
}

const STATUSES: Record<TurnStatus, true> = {
  streaming: true,
  done: true,
  stopped: true,
  failed: true,
  interrupted: true,
};

export function parseStatus(value: string): TurnStatus {
  if (!Object.hasOwn(STATUSES, value)) throw new CorruptRecord('a turn has an unknown status');
  return value as TurnStatus; // the parsed edge: it is a key of the table
}

/** The stored turn. Throws `CorruptRecord` if `json` is not a turn. */
export function composeTurn(json: string, side: TurnState): Turn {
  const { deletedAt: _, finishReason, ...stored } = parseTurn(json);
  return {
    ...stored,
    status: side.status,
    parentId: side.parentId,
    depth: side.depth,
    ...(typeof finishReason === 'string' && { finishReason: toFinishReason(finishReason) }),
    ...(side.deletedAt !== null && { deletedAt: side.deletedAt }),
  };
}

/** The turn as it was written. Throws `CorruptRecord` if `json` is not a turn, `NewerRecord` if it is one of a newer release. */
export function parseTurn(json: string): Turn {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The parser's own error would quote what people typed.
    throw new CorruptRecord('a turn is not JSON');
  }
  if (isObject(value) && typeof value.v === 'number' && value.v > 1)
    throw new NewerRecord('a turn was written by a newer version of Confab');
  if (!isTurn(value)) throw new CorruptRecord('a turn does not have the form of a turn');
  return value;
}

/** Checks just enough to recognise a turn, because only this program writes them, and always whole. */
function isTurn(value: unknown): value is Turn {
  return (
    isObject(value) &&
    value.v === 1 &&
    typeof value.id === 'string' &&
    isObject(value.user) &&
    typeof value.user.content === 'string' &&
    isObject(value.reply) &&
    typeof value.reply.content === 'string'
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The turn without its text and images: what is left of a deleted turn when the delete can no longer be undone. */
export function blankTurn(turn: Turn): Turn {
  const { error: _error, ...rest } = turn;
  return {
    ...rest,
    user: { content: '', images: [] },
    reply: { content: '', reasoning: '', images: [], model: turn.reply.model },
  };
}

/** Encodes a title or a preview as JSON, so that NUL and lone surrogates survive. */
export const encodeText = (text: string): string => JSON.stringify(text);

export function decodeText(stored: string): string {
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    throw new CorruptRecord('a text is not JSON');
  }
  if (typeof value !== 'string') throw new CorruptRecord('a text is not a string');
  return value;
}
