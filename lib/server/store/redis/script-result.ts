import type { Turn } from '@/lib/chat/turn';
import { decodeParent, encodeId } from '../encode-id';
import type { StoredTurn } from '../store';
import { CorruptRecord } from '../store-error';
import { composeTurn, parseStatus, type TurnState } from '../stored-turn';
import { integer, type Meta, metaOf } from './meta';

/** Checks what a command or script returned: anything that is not of the expected form throws `CorruptRecord`. */
export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new CorruptRecord('an answer is not a list');
  return value;
}

export function text(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new CorruptRecord('an answer is not text');
  return value;
}

export const number = (value: unknown): number => integer(text(value));

export const texts = (value: unknown): (string | null)[] =>
  list(value).map((item) => (item === null || item === undefined ? null : text(item)));

/** Splits a flat list into rows of `size` items. */
export function groups(value: unknown, size: number): (readonly unknown[])[] {
  const items = list(value);
  return Array.from({ length: items.length / size }, (_, row) => items.slice(row * size, (row + 1) * size));
}

export function meta(value: unknown): Meta {
  const found = metaOf(texts(value));
  if (!found) throw new CorruptRecord('an answer lacks a session');
  return found;
}

/** Parses the `side` field of a turn: `status depth parent deletedAt`. */
export function sideOf(value: unknown): TurnState {
  const [status, depth, parent, deletedAt] = text(value).split(' ');
  if (!status || !depth || !parent || !deletedAt) throw new CorruptRecord('a turn has no valid side field');
  return {
    status: parseStatus(status),
    depth: integer(depth),
    parentId: decodeParent(parent),
    deletedAt: deletedAt === '0' ? null : integer(deletedAt),
  };
}

/** Reads `{json, side, token, leaseEnd, stop}`; `token` is '' when the turn is not live. */
export function storedTurn(value: unknown): StoredTurn {
  const [json, side, token, leaseEnd, stop] = list(value);
  const turn = composeTurn(text(json), sideOf(side));
  if (text(token) === '') return { turn, lease: null };
  return { turn, lease: { token: text(token), endsAt: number(leaseEnd), stop: text(stop) === '1' } };
}

export const storedOrNull = (value: unknown): StoredTurn | null =>
  list(value).length === 0 ? null : storedTurn(value);

/** The encoded ids of a turn's images, separated by spaces, as scripts take them. */
export const imageIds = (turn: Turn): string =>
  [...new Set(turn.user.images.map(({ id }) => encodeId(id)))].join(' ');

/** The turn, with its lease if it is the session's live one. */
export const storedIn = (session: Meta, id: string, json: unknown, side: unknown): StoredTurn =>
  storedTurn(
    session.active === id
      ? [json, side, session.token, session.leaseEnd, session.stop]
      : [json, side, '', '', ''],
  );
