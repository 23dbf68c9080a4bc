import { sameUserMessage } from '@/lib/chat/edits';
import { titleOf } from '@/lib/chat/session';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import type { ClientErrorInfo } from '../http/client-error';
import type { Conversation } from './conversation';
import { mergeTurn } from './merge-turn';

/** The newest page of the path. Older pages that were loaded stay if this page joins them. */
export function withLatest(known: Conversation, answer: HistoryAnswer): Conversation {
  const ids = answer.turns.map((turn) => turn.id);
  const joint = ids[0] === undefined ? -1 : known.turnIds.indexOf(ids[0]);
  const older = joint > 0 && answer.nextBefore !== null ? known.turnIds.slice(0, joint) : [];
  return settled(
    withPage(known, answer, [...older, ...ids], {
      phase: 'ready',
      error: null,
      title: answer.title,
      nextBefore: older.length > 0 ? known.nextBefore : answer.nextBefore,
    }),
    answer.activeTurnId,
  );
}

/** A page before what is loaded. One that was asked for with another `before` than what is missing now is late. */
export function withOlder(known: Conversation, answer: HistoryAnswer, before: string): Conversation {
  if (known.nextBefore !== before) return known;
  const loaded = new Set(known.turnIds);
  const ids = answer.turns.map((turn) => turn.id).filter((id) => !loaded.has(id));
  return withPage(known, answer, [...ids, ...known.turnIds], {
    older: 'idle',
    nextBefore: answer.nextBefore,
  });
}

function withPage(
  known: Conversation,
  answer: HistoryAnswer,
  turnIds: string[],
  change: Partial<Conversation>,
): Conversation {
  const told = new Map(answer.turns.map((turn) => [turn.id, turn]));
  const kept = turnIds.flatMap((id) => {
    const next = told.get(id);
    const turn = next ? mergeTurn(known.turns[id], next) : known.turns[id];
    return turn ? [[id, turn] as const] : [];
  });
  return {
    ...known,
    ...change,
    turnIds: sameList(known.turnIds, turnIds) ? known.turnIds : turnIds,
    turns: Object.fromEntries(kept),
    versions: { ...without(known.versions, told), ...answer.versions },
    wordings: { ...without(known.wordings, told), ...answer.wordings },
    total: answer.total,
  };
}

/** The versions of what the page did not tell; of what it told, its own word counts. */
const without = <T>(versions: Readonly<Record<string, T>>, told: ReadonlyMap<string, unknown>) =>
  Object.fromEntries(Object.entries(versions).filter(([id]) => !told.has(id)));

/** A turn as a stream or a stop tells it: in its place on the path, or as the new end of it. */
export function withTurn(known: Conversation, told: Turn): Conversation {
  const turn = mergeTurn(known.turns[told.id], told);
  const path = known.turnIds.includes(turn.id) ? known : withNewTurn(known, turn);
  if (turn === path.turns[turn.id]) return settled(path, path.activeTurnId);
  const turns = { ...path.turns, [turn.id]: turn };
  return settled({ ...path, turns, phase: 'ready' }, isLive(turn) ? turn.id : path.activeTurnId);
}

/** Whether a turn hangs on what is shown; if not, there are turns in between that this page has not read. */
export const joins = (known: Conversation, turn: Pick<Turn, 'parentId'>): boolean =>
  placeFor(known, turn) >= 0;

/**
 * Where on the path a turn hangs; negative: nowhere. It stands after its parent, or in place of a version of it: the
 * parent itself may have been deleted.
 */
export function placeFor(
  { turnIds, turns }: Pick<Conversation, 'turnIds' | 'turns'>,
  { parentId }: Pick<Turn, 'parentId'>,
): number {
  if (parentId === null) return 0;
  const parentAt = turnIds.indexOf(parentId);
  return parentAt >= 0 ? parentAt + 1 : turnIds.findIndex((id) => turns[id]?.parentId === parentId);
}

function withNewTurn(known: Conversation, { id, parentId, user }: Turn): Conversation {
  const at = placeFor(known, { parentId });
  const isForeign = at < 0;
  const before = isForeign ? known.turnIds : known.turnIds.slice(0, at);
  const replaced = isForeign ? undefined : known.turnIds[at];
  const siblings = replaced === undefined ? [] : [...(known.versions[replaced] ?? [replaced]), id];
  const wordings = replaced === undefined ? [] : withWording(known, replaced, { id, user });
  return {
    ...known,
    title: known.title || titleOf(user.content),
    turnIds: [...before, id],
    turns: Object.fromEntries(before.flatMap((one) => entry(known.turns, one))),
    versions: replaced === undefined ? known.versions : { ...known.versions, [id]: siblings },
    wordings: wordings.length > 1 ? { ...known.wordings, [id]: wordings } : known.wordings,
    total: known.total - (known.turnIds.length - before.length) + 1,
    activeTurnId: before.find((one) => one === known.activeTurnId) ?? null,
    revision: known.revision + 1,
  };
}

/** The wordings of a turn with one version more, as far as this page knows: it has the words of the shown one only. */
function withWording(
  { turns, versions, wordings }: Conversation,
  replaced: string,
  { id, user }: Pick<Turn, 'id' | 'user'>,
): readonly (readonly string[])[] {
  const known = wordings[replaced] ?? [versions[replaced] ?? [replaced]];
  const shown = turns[replaced];
  return shown && sameUserMessage(shown.user, user)
    ? known.map((ids) => (ids.includes(replaced) ? [...ids, id] : ids))
    : [...known, [id]];
}

const entry = (turns: Conversation['turns'], id: string): [string, Turn][] => {
  const turn = turns[id];
  return turn ? [[id, turn]] : [];
};

/** A turn that is known to be over is not the active one, whoever says so. */
function settled(conversation: Conversation, activeTurnId: string | null): Conversation {
  const active = activeTurnId === null ? undefined : conversation.turns[activeTurnId];
  const next = active && !isLive(active) ? null : activeTurnId;
  return next === conversation.activeTurnId ? conversation : { ...conversation, activeTurnId: next };
}

/** A read that failed: said softly where something is shown, never in its place. */
export const withFailure = (known: Conversation, error: ClientErrorInfo): Conversation => ({
  ...known,
  error,
  phase: known.phase === 'ready' ? 'ready' : 'failed',
});

/** The path is about to be another one: answers that were asked for before this are late. */
export const withNewPath = (known: Conversation): Conversation => ({
  ...known,
  revision: known.revision + 1,
});

/** One turn of the path is gone; those after it stay. */
export function withoutTurn(known: Conversation, turnId: string): Conversation {
  if (!known.turnIds.includes(turnId)) return known;
  const turnIds = known.turnIds.filter((id) => id !== turnId);
  return {
    ...known,
    turnIds,
    turns: Object.fromEntries(turnIds.flatMap((id) => entry(known.turns, id))),
    versions: without(known.versions, new Map([[turnId, null]])),
    wordings: without(known.wordings, new Map([[turnId, null]])),
    total: known.total - 1,
    // The next older page ends before the oldest turn that is left.
    nextBefore: known.nextBefore === turnId ? (turnIds[0] ?? turnId) : known.nextBefore,
    activeTurnId: known.activeTurnId === turnId ? null : known.activeTurnId,
    revision: known.revision + 1,
  };
}

/** Emptied. */
export const withoutTurns = (known: Conversation): Conversation => ({
  ...known,
  turnIds: [],
  turns: {},
  versions: {},
  wordings: {},
  total: 0,
  nextBefore: null,
  activeTurnId: null,
  revision: known.revision + 1,
});

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);
