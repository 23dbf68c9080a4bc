/** The seam between the store and a way to reach Redis: one command, one round trip. */
export interface RedisCommands {
  readonly driver: 'redis' | 'upstash';
  /**
   * Resolves with the reply: strings, integers, null, and lists of them. Rejects with `RedisFailure` within
   * `COMMAND_TIMEOUT_MS`. A command may run twice, when the answer to the first was lost: a begin and a write know
   * their own repetition, and no script loses anything by its own.
   */
  call(command: string, ...args: string[]): Promise<unknown>;
  close(): Promise<void>;
}

export const COMMAND_TIMEOUT_MS = 2_000;

/**
 * Redis answered with an error, or not at all. Drivers put a command's arguments into their errors; those are what
 * people typed, and errors are logged: so only the message is taken over, and what the driver says it came from.
 */
export class RedisFailure extends Error {
  override readonly name = 'RedisFailure';

  constructor(error: unknown, cause?: unknown) {
    super(error instanceof Error ? error.message.replace(/,? command was: .*$/s, '') : 'unknown failure', {
      cause: cause instanceof Error ? new Error(cause.message) : undefined,
    });
  }
}
