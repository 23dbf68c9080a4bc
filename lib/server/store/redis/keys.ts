import { createHash } from 'node:crypto';
import { encodeId } from '../encode-id';
import type { SessionRef, StoredImageRef, TurnRef } from '../store';

export const KEY_PREFIX = 'confab:';

/**
 * All keys in Redis. Those of one owner share one hash tag, so that every script works on a Cluster.
 * `confab:` is the default prefix; `KEY_PREFIX` sets another one. Servers never see keys with other prefixes,
 * secrets included.
 *
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
 *     confab:schema                 string       the form of all this, 1 where it is missing. A release with a form that older
 *                                                ones cannot read writes a higher number here.
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
export class RedisKeys {
  /** @param prefix without braces, because the first braces of a key enclose its hash tag. */
  constructor(private readonly prefix: string = KEY_PREFIX) {}

  /**
   * The keys of a session in the order of `KEYS`: its hash, its shown and hidden turns, and the owner's
   * index.
   */
  session({ owner, sessionId }: SessionRef): string[] {
    const session = encodeId(sessionId);
    const ofOwner = this.ownerPrefix(owner);
    return [
      `${ofOwner}session:${session}`,
      `${ofOwner}shown:${session}`,
      `${ofOwner}hidden:${session}`,
      `${ofOwner}index`,
    ];
  }

  /** The keys of the scripts that list sessions. */
  sessions(owner: string): string[] {
    return [`${this.ownerPrefix(owner)}index`, `${this.ownerPrefix(owner)}session:`];
  }

  image({ owner, imageId }: StoredImageRef): string {
    return `${this.ownerPrefix(owner)}image:${encodeId(imageId)}`;
  }

  devices(owner: string): string {
    return `${this.ownerPrefix(owner)}devices`;
  }

  ownerPrefix(owner: string): string {
    return `${this.prefix}{${encodeId(owner)}}:`;
  }

  address(id: string): string {
    return `${this.#limits}address:${encodeId(id)}`;
  }

  day(day: number): string {
    return `${this.#limits}day:${day}`;
  }

  rate(name: string): string {
    return `${this.#limits}rate:${encodeId(name)}`;
  }

  guestMark(owner: string): string {
    return `${this.#limits}guest:${hashOf([owner])}`;
  }

  turnMark({ owner, sessionId, turnId }: TurnRef): string {
    return `${this.#limits}turn:${hashOf([owner, sessionId, turnId])}`;
  }

  setting(name: string): string {
    return `${this.#limits}setting:${encodeId(name)}`;
  }

  secret(name: string): string {
    return `${this.prefix}secret:${encodeId(name)}`;
  }

  get check(): string {
    return `${this.prefix}check`;
  }

  get schema(): string {
    return `${this.prefix}schema`;
  }

  /**
   * The pattern of the keys of owners; it also matches the keys of shared limits, which `isOfOwner` excludes.
   */
  get ownerPattern(): string {
    return `${this.prefix.replace(/[*?[\]\\]/g, '\\$&')}{*`;
  }

  isOfOwner(key: string): boolean {
    return key.startsWith(`${this.prefix}{`) && !key.startsWith(this.#limits);
  }

  get #limits(): string {
    return `${this.prefix}{limits}:`;
  }
}

const hashOf = (ids: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(ids)).digest('base64url');
