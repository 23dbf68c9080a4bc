import type { Session } from '@/lib/chat/session';
import { decodeId } from '../encode-id';
import { CorruptRecord, NewerRecord } from '../store-error';
import { decodeText, parseStatus } from '../stored-turn';

/**
 * The fields of a session's hash that are not about single turns, in the order in which scripts return them. Numbers are
 * decimal, ids are encoded, and '' is none. `title` and `preview` are JSON strings.
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
  /** '' = never. This field decides; Redis removes the keys a little later. */
  'expiresAt',
  /** How long this session in particular is kept: milliseconds, 'never' (to expire), '' = as the server's default. */
  'ttl',
  'head',
  'headDepth',
  'headStatus',
  'active',
  'token',
  'leaseEnd',
  'stop',
  /** Deleted turns that are not blanked yet: `id@deletedAt`, separated by spaces. */
  'trash',
  /** '1' once a turn was deleted: until then no script looks for hidden turns. */
  'hides',
  /** Not '': a session of the first release with images, which has neither `claimed` nor `uses`. */
  'imagesEnd',
  /** '1': the session was removed, and only the `aside` fields mean anything. */
  'gone',
  /** The newest undo snapshot: its epoch, 'clear' or 'remove', and until when it can be restored. */
  'aside',
  'asideKind',
  'asideUntil',
  /** The last epoch that was given to a snapshot. */
  'asides',
  /** Until when this session claims its images (see `image-claims.ts`): '' = it has none, 'never' = forever. */
  'claimed',
  /** '1': all images of its turns are listed under `uses:<image>`. */
  'uses',
  /** '1': its latest turn was taken from limits. */
  'limited',
  /** What it has added to the owner's storage (see `guest-limits.ts`): '' = nothing is counted. */
  'charged',
] as const;

export type Meta = Record<(typeof META)[number], string>;

/**
 * Reads the answer of `HMGET key ...META`; null when there is no such session.
 * @throws NewerRecord if a newer release wrote the session.
 */
export function metaOf(values: readonly (string | null)[]): Meta | null {
  if (typeof values[0] !== 'string') return null;
  if (/^\d+$/.test(values[0]) && Number(values[0]) > 1)
    throw new NewerRecord('a session was written by a newer version of Confab');
  if (values[0] !== '1') throw new CorruptRecord('a session has an unknown version');
  return anyMetaOf(values);
}

/** Like `metaOf`, for a session of any version. */
export function anyMetaOf(values: readonly (string | null)[]): Meta {
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
