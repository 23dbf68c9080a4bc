import type { RedisKeys } from './keys';

/** A way to reach Redis: each call is one command and one round trip. */
export interface RedisCommands {
  readonly driver: 'redis' | 'upstash';
  /** The names of the keys, with the prefix of this server. */
  readonly keys: RedisKeys;
  /** True: a script reaches only keys of one hash tag. Rejects with `RedisFailure`. */
  isCluster(): Promise<boolean>;
  /**
   * Resolves with the reply: strings, integers, null, and lists of them. Rejects with `RedisFailure` within
   * `COMMAND_TIMEOUT_MS`, or `SLOT_MOVE_MS` while a Cluster is moving the slot of the keys. A command may run
   * twice if its first answer was lost: begin and write recognise a repetition, and repeating any other
   * script does no harm.
   */
  call(command: string, ...args: string[]): Promise<unknown>;
  /** The memory that Redis uses, in bytes, on all nodes together. null: it does not say. */
  usedBytes(): Promise<number | null>;
  /** What each primary says of itself; none over REST. */
  describePrimaries(): Promise<PrimaryReport[]>;
  /**
   * Whether any node has a key that matches `pattern` and passes `isWanted`. Also true if there are too many
   * keys to check, or if this user may not list them.
   */
  mayHaveKey(pattern: string, isWanted: (key: string) => boolean): Promise<boolean>;
  close(): Promise<void>;
}

/** null: the server does not say it, or not to this user. */
export interface PrimaryReport {
  /** The answer of `INFO`. */
  info: string | null;
  /** The setting `save`: when to write everything to disk. Empty: never. */
  save: string | null;
}

export const COMMAND_TIMEOUT_MS = 2_000;
/** How long a command waits while a Cluster moves its slot. Shorter than a browser waits for a send. */
export const SLOT_MOVE_MS = 10_000;

/**
 * Redis answered with an error, or not at all. Errors are logged, and drivers put a command's arguments, which are what
 * people typed, into theirs. So only the message is kept, and the message of the cause.
 */
export class RedisFailure extends Error {
  override readonly name = 'RedisFailure';

  constructor(error: unknown, cause?: unknown) {
    super(
      error instanceof Error
        ? error.message.replace(/,? (command was|with args beginning with): .*$/s, '')
        : 'unknown failure',
      {
        cause: cause instanceof Error ? new Error(cause.message) : undefined,
      },
    );
  }
}

/** Reads the answer of `INFO memory` (redis.io/docs/latest/commands/info). */
export function usedMemoryOf(info: unknown): number | null {
  const used = typeof info === 'string' ? /^used_memory:(\d+)/m.exec(info)?.[1] : undefined;
  return used === undefined ? null : Number(used);
}
