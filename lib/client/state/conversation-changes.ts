import { sameUserMessage } from '@/lib/chat/edits';
import { earlyTitleOf } from '@/lib/chat/session';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import type { ClientErrorInfo } from '../http/client-error';
import type { Conversation } from './conversation';

/** Adds the newest page of the history. Older pages stay if this page joins them. */
export function withLatest(conversation: Conversation, answer: HistoryAnswer): Conversation {
  const ids = answer.turns.map((turn) => turn.id);
  const joint = ids[0] === undefined ? -1 : conversation.turnIds.indexOf(ids[0]);
  const older = joint > 0 && answer.nextBefore !== null ? conversation.turnIds.slice(0, joint) : [];
  return withActiveTurn(
    withPage(conversation, answer, [...older, ...ids], {
      phase: 'ready',
      error: null,
      title: answer.title,
      nextBefore: older.length > 0 ? conversation.nextBefore : answer.nextBefore,
    }),
    answer.activeTurnId,
  );
}

/** Adds a page before what is loaded. It is ignored if another page is missing by now. */
export function withOlder(conversation: Conversation, answer: HistoryAnswer, before: string): Conversation {
  if (conversation.nextBefore !== before) return conversation;
  const loaded = new Set(conversation.turnIds);
  const ids = answer.turns.map((turn) => turn.id).filter((id) => !loaded.has(id));
  return withPage(conversation, answer, [...ids, ...conversation.turnIds], {
    older: 'idle',
    nextBefore: answer.nextBefore,
  });
}

function withPage(
  conversation: Conversation,
  answer: HistoryAnswer,
  turnIds: string[],
  change: Partial<Conversation>,
): Conversation {
  const received = new Map(answer.turns.map((turn) => [turn.id, turn]));
  const turns = turnIds.flatMap((id) => {
    const next = received.get(id);
    const turn = next ? mergeTurn(conversation.turns[id], next) : conversation.turns[id];
    return turn ? [[id, turn] as const] : [];
  });
  return {
    ...conversation,
    ...change,
    turnIds: sameList(conversation.turnIds, turnIds) ? conversation.turnIds : turnIds,
    turns: Object.fromEntries(turns),
    versions: { ...withoutKeys(conversation.versions, received), ...answer.versions },
    wordings: { ...withoutKeys(conversation.wordings, received), ...answer.wordings },
    total: answer.total,
  };
}

const withoutKeys = <T>(map: Readonly<Record<string, T>>, keys: ReadonlyMap<string, unknown>) =>
  Object.fromEntries(Object.entries(map).filter(([id]) => !keys.has(id)));

/** Updates a turn on the path, or adds it after its parent, in place of the turns that were there. */
export function withTurn(conversation: Conversation, received: Turn): Conversation {
  const turn = mergeTurn(conversation.turns[received.id], received);
  const path = conversation.turnIds.includes(turn.id) ? conversation : withNewTurn(conversation, turn);
  if (turn === path.turns[turn.id]) return withActiveTurn(path, path.activeTurnId);
  const turns = { ...path.turns, [turn.id]: turn };
  return withActiveTurn({ ...path, turns, phase: 'ready' }, isLive(turn) ? turn.id : path.activeTurnId);
}

/**
 * The newer of two states of one turn. What is shown never goes back: a terminal turn stays terminal, a live
 * one never gets shorter. Of two live turns the longer wins, of two terminal ones the later. If they are
 * equal the current one is returned, so that nothing renders again.
 */
export function mergeTurn(current: Turn | undefined, received: Turn): Turn {
  if (!current) return received;
  if (isLive(current) !== isLive(received)) return isLive(current) ? received : current;
  if (!isLive(current)) return received.updatedAt > current.updatedAt ? received : current;
  const growth = lengthOf(received) - lengthOf(current);
  if (growth !== 0) return growth > 0 ? received : current;
  return received.updatedAt > current.updatedAt ? received : current;
}

const lengthOf = ({ reply }: Turn): number => reply.content.length + reply.reasoning.length;

/** Whether a turn follows what is loaded; if not, there are turns in between that this page has not read. */
export const joins = (conversation: Conversation, turn: Pick<Turn, 'parentId'>): boolean =>
  positionOf(conversation, turn) >= 0;

/**
 * The index of a turn on the path: after its parent, or, if the parent was deleted, in place of a version of
 * the turn. Negative if it has none.
 */
export function positionOf(
  { turnIds, turns }: Pick<Conversation, 'turnIds' | 'turns'>,
  { parentId }: Pick<Turn, 'parentId'>,
): number {
  if (parentId === null) return 0;
  const parentAt = turnIds.indexOf(parentId);
  return parentAt >= 0 ? parentAt + 1 : turnIds.findIndex((id) => turns[id]?.parentId === parentId);
}

function withNewTurn(conversation: Conversation, { id, parentId, user }: Turn): Conversation {
  const position = positionOf(conversation, { parentId });
  const isDetached = position < 0;
  const before = isDetached ? conversation.turnIds : conversation.turnIds.slice(0, position);
  const replaced = isDetached ? undefined : conversation.turnIds[position];
  const versions = replaced === undefined ? [] : [...(conversation.versions[replaced] ?? [replaced]), id];
  const wordings = replaced === undefined ? [] : wordingsWith(conversation, replaced, { id, user });
  return {
    ...conversation,
    title: conversation.title || earlyTitleOf(user.content),
    turnIds: [...before, id],
    turns: pick(conversation.turns, before),
    versions: replaced === undefined ? conversation.versions : { ...conversation.versions, [id]: versions },
    wordings: wordings.length > 1 ? { ...conversation.wordings, [id]: wordings } : conversation.wordings,
    total: conversation.total - (conversation.turnIds.length - before.length) + 1,
    activeTurnId: before.find((other) => other === conversation.activeTurnId) ?? null,
    revision: conversation.revision + 1,
  };
}

/** Adds a version to the edits. It can only be compared with the replaced turn, which is loaded. */
function wordingsWith(
  { turns, versions, wordings }: Conversation,
  replaced: string,
  { id, user }: Pick<Turn, 'id' | 'user'>,
): readonly (readonly string[])[] {
  const groups = wordings[replaced] ?? [versions[replaced] ?? [replaced]];
  const shown = turns[replaced];
  return shown && sameUserMessage(shown.user, user)
    ? groups.map((ids) => (ids.includes(replaced) ? [...ids, id] : ids))
    : [...groups, [id]];
}

const pick = (turns: Conversation['turns'], ids: readonly string[]): Record<string, Turn> =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const turn = turns[id];
      return turn ? [[id, turn]] : [];
    }),
  );

/** A turn that is known to be terminal is not active, even if a late answer calls it so. */
function withActiveTurn(conversation: Conversation, activeTurnId: string | null): Conversation {
  const active = activeTurnId === null ? undefined : conversation.turns[activeTurnId];
  const next = active && !isLive(active) ? null : activeTurnId;
  return next === conversation.activeTurnId ? conversation : { ...conversation, activeTurnId: next };
}

/** Sets the error of a failed read. What is loaded stays on screen. */
export const withFailure = (conversation: Conversation, error: ClientErrorInfo): Conversation => ({
  ...conversation,
  error,
  phase: conversation.phase === 'ready' ? 'ready' : 'failed',
});

/** The path is about to change: answers that were requested before this are out of date. */
export const withNewPath = (conversation: Conversation): Conversation => ({
  ...conversation,
  revision: conversation.revision + 1,
});

/** Removes one turn of the path. The turns after it stay. */
export function withoutTurn(conversation: Conversation, turnId: string): Conversation {
  if (!conversation.turnIds.includes(turnId)) return conversation;
  const turnIds = conversation.turnIds.filter((id) => id !== turnId);
  const { nextBefore, activeTurnId } = conversation;
  return {
    ...conversation,
    turnIds,
    turns: pick(conversation.turns, turnIds),
    versions: withoutKeys(conversation.versions, new Map([[turnId, null]])),
    wordings: withoutKeys(conversation.wordings, new Map([[turnId, null]])),
    total: conversation.total - 1,
    // The next older page ends before the oldest turn that is left.
    nextBefore: nextBefore === turnId ? (turnIds[0] ?? turnId) : nextBefore,
    activeTurnId: activeTurnId === turnId ? null : activeTurnId,
    revision: conversation.revision + 1,
  };
}

/** Removes every turn. */
export const withoutTurns = (conversation: Conversation): Conversation => ({
  ...conversation,
  turnIds: [],
  turns: {},
  versions: {},
  wordings: {},
  total: 0,
  nextBefore: null,
  activeTurnId: null,
  revision: conversation.revision + 1,
});

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);
