import { encodeId } from '../encode-id';
import type { ImageOf, SessionRef } from '../store';

/**
 * All keys of one owner share one hash tag, so that every script works on a Cluster:
 *
 *     confab:{owner}:session:<id>   hash        the session's own fields, and its turns with what stands beside them
 *     confab:{owner}:shown:<id>     sorted set  undeleted turns of the shown path, by depth
 *     confab:{owner}:hidden:<id>    sorted set  deleted turns of the shown path, by depth
 *     confab:{owner}:index          sorted set  the owner's sessions, in two orders (see `prelude.ts`)
 *     confab:{owner}:session:<id>:images  set    the images that its turns refer to, those that were cleared too
 *     confab:{owner}:image:<id>     hash         what an image is, until when it is kept, how many pieces it has
 *     confab:{owner}:image:<id>:<n> string       a piece of its bytes in base64, at most `PIECE_CHARS` long
 *
 * What a clear or a remove took away is under the first three with `:aside:<n>` behind, n counting up.
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

export const imageKey = ({ owner, imageId }: ImageOf): string =>
  `${ownerPrefix(owner)}image:${encodeId(imageId)}`;

export const secretKey = (name: string): string => `confab:secret:${encodeId(name)}`;

export const CHECK_KEY = 'confab:check';

const ownerPrefix = (owner: string): string => `confab:{${encodeId(owner)}}:`;
