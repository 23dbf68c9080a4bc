import type { Session } from '@/lib/chat/session';
import { decodeId } from '../encode-id';
import { CorruptRecord } from '../store-failure';
import { decodeText, parseStatus } from '../stored-turn';

/**
 * The fields of a session's hash that are not turns, in the order in which scripts answer them. Numbers are decimal,
 * ids are encoded, '' is none; `title` and `preview` are JSON strings.
 */
export const META = [
  'v',
  'assistant',
  'title',
  'preview',
  'pinned',
  'createdAt',
  'updatedAt',
  'lastTurnAt',
  /** '' = never. This decides; Redis removes the keys a little later. */
  'expiresAt',
  /** The session's own choice: '' = none, 'never', or milliseconds. */
  'ttl',
  'head',
  'headDepth',
  'headStatus',
  'active',
  'token',
  'leaseEnd',
  'stop',
  /** Deleted turns that are yet to be blanked: `id@deletedAt`, by spaces. */
  'trash',
  /** '1' once a turn of this tree was deleted: until then nothing looks for hidden turns. */
  'hides',
  /** Not '': a session of the first release with images, which has neither `claimed` nor `uses`. */
  'imagesEnd',
  /** '1': the session was removed. Only the `aside` fields mean anything. */
  'gone',
  /** What the last clear or remove took away: its number, which of the two it was, until when it can be undone. */
  'aside',
  'asideKind',
  'asideUntil',
  /** The last number given to an aside. */
  'asides',
  /** Until when this session claims its images (see `keep-images.ts`): '' = it has none, 'never' = for ever. */
  'claimed',
  /** '1': all images of its turns are listed under `uses:<image>`. */
  'uses',
] as const;

export type Meta = Record<(typeof META)[number], string>;

/** The fields from a reply of `HMGET key ...META`; null when there is no such record. */
export function metaOf(values: readonly (string | null)[]): Meta | null {
  if (typeof values[0] !== 'string') return null;
  if (values[0] !== '1') throw new CorruptRecord('a session has an unknown version');
  const entries = META.map((name, index) => [name, values[index] ?? ''] as const);
  return Object.fromEntries(entries) as Meta; // the parsed edge: every name of META has a string
}

export const isLiveAt = (meta: Meta, now: number): boolean =>
  meta.gone === '' && (meta.expiresAt === '' || integer(meta.expiresAt) > now);

export const sessionOf = (sessionKey: string, meta: Meta): Session => ({
  v: 1,
  id: decodeId(sessionKey),
  assistantId: decodeId(meta.assistant),
  title: decodeText(meta.title),
  preview: decodeText(meta.preview),
  headTurnId: meta.head === '' ? null : decodeId(meta.head),
  headStatus: meta.headStatus === '' ? null : parseStatus(meta.headStatus),
  activeTurnId: meta.active === '' ? null : decodeId(meta.active),
  createdAt: integer(meta.createdAt),
  updatedAt: integer(meta.updatedAt),
  pinned: meta.pinned === '1',
  expiresAt: meta.expiresAt === '' ? null : integer(meta.expiresAt),
});

export function integer(value: string): number {
  if (!/^-?\d+$/.test(value)) throw new CorruptRecord('a number is not one');
  return Number(value);
}
