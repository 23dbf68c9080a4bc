import { createHash } from 'node:crypto';
import { encodeId } from '../encode-id';
import type { SessionRef, StoredImageRef, TurnRef } from '../store';

/**
 * All keys in Redis. Those of one owner share one hash tag, so that every script works on a Cluster:
 *
 *     confab:{owner}:session:<id>   hash        the fields of the session (`meta.ts`) and of its turns (`prelude.ts`)
 *     confab:{owner}:shown:<id>     sorted set  undeleted turns of the shown path, by depth
 *     confab:{owner}:hidden:<id>    sorted set  deleted turns of the shown path, by depth
 *     confab:{owner}:index          sorted set  the owner's sessions, in two orders (see `prelude.ts`)
 *     confab:{owner}:session:<id>:images  set    the images that its undeleted turns refer to
 *     confab:{owner}:image:<id>     hash         an image's type, size, expiry and number of pieces
 *     confab:{owner}:image:<id>:<n> string       a piece of its bytes in base64, at most `PIECE_CHARS` long
 *     confab:{owner}:devices        hash         the owner's devices (see `scripts/devices.ts`)
 *     confab:{owner}:joined         hash         the sessions that a join in progress has moved here, with their new ids
 *     confab:{owner}:limits         string      what the owner has used of the limits (see `guest-limits.ts`)
 *     confab:secret:<name>          string       a secret, such as the one that signs guest cookies
 *     confab:check                  string       written by `Store.check`
 *
 * What limits more than one owner has a tag of its own:
 *
 *     confab:{limits}:address:<id>  string      the rates of turns and of new guests of a network address
 *     confab:{limits}:day:<n>       hash        the server's counters of a UTC day
 *     confab:{limits}:rate:<name>   string      any other rate
 *     confab:{limits}:setting:<name> string     a setting that all processes share, such as the stop switch
 *     confab:{limits}:guest:<hash>, :turn:<hash>   on a Cluster: this guest, this turn was taken from its address's rates
 *
 * An undo snapshot has the keys of its session with `:aside:<n>` appended, where n is its epoch. The fields of a
 * session and its undo snapshots are in `meta.ts`, those of a turn and the index in `prelude.ts`, those of an image in
 * `image-claims.ts`.
 */
export function sessionKeys({ owner, sessionId }: SessionRef): string[] {
  const session = encodeId(sessionId);
  const prefix = ownerPrefix(owner);
  return [
    `${prefix}session:${session}`,
    `${prefix}shown:${session}`,
    `${prefix}hidden:${session}`,
    `${prefix}index`,
  ];
}

export const ownerKeys = (owner: string): string[] => [
  `${ownerPrefix(owner)}index`,
  `${ownerPrefix(owner)}session:`,
];

export const imageKey = ({ owner, imageId }: StoredImageRef): string =>
  `${ownerPrefix(owner)}image:${encodeId(imageId)}`;

export const devicesKey = (owner: string): string => `${ownerPrefix(owner)}devices`;
export const addressKey = (id: string): string => `confab:{limits}:address:${encodeId(id)}`;

export const dayKey = (day: number): string => `confab:{limits}:day:${day}`;

export const rateKey = (name: string): string => `confab:{limits}:rate:${encodeId(name)}`;

export const guestMarkKey = (owner: string): string => `confab:{limits}:guest:${hashOf([owner])}`;

export const turnMarkKey = ({ owner, sessionId, turnId }: TurnRef): string =>
  `confab:{limits}:turn:${hashOf([owner, sessionId, turnId])}`;

const hashOf = (ids: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(ids)).digest('base64url');

export const secretKey = (name: string): string => `confab:secret:${encodeId(name)}`;

export const settingKey = (name: string): string => `confab:{limits}:setting:${encodeId(name)}`;

export const CHECK_KEY = 'confab:check';

export const ownerPrefix = (owner: string): string => `confab:{${encodeId(owner)}}:`;

/** Matches the keys of owners and those of what limits more than one owner. */
export const OWNER_PATTERN = 'confab:{*';

export const isOwnerKey = (key: string): boolean => !key.startsWith('confab:{limits}:');
