import { Redis } from '@upstash/redis';
import type { RedisKeys } from './keys';
import { KEYS_PER_PAGE, mayHaveKey } from './may-have-key';
import { COMMAND_TIMEOUT_MS, type RedisCommands, RedisFailure, usedMemoryOf } from './redis-commands';

/** Redis over Upstash's REST. */
export class UpstashCommands implements RedisCommands {
  readonly driver = 'upstash';
  readonly #client: Redis;

  constructor(
    settings: { url: string; token: string },
    readonly keys: RedisKeys,
  ) {
    this.#client = new Redis({
      ...settings,
      // It would turn the text "123" into the number 123.
      automaticDeserialization: false,
      // The default of five would hide a dead server for 4 s.
      retry: { retries: 1 },
      // A function, because with a plain signal an aborted request resolves with the abort reason as its result.
      signal: () => AbortSignal.timeout(COMMAND_TIMEOUT_MS),
      // This is fetch's `keepalive` (for pages that close), which limits a body to 64 kB.
      keepAlive: false,
      // One request for each call, so that a failure concerns one call only.
      enableAutoPipelining: false,
      enableTelemetry: false,
    });
  }

  async isCluster(): Promise<false> {
    return false;
  }

  async call(command: string, ...args: string[]): Promise<unknown> {
    try {
      return await this.#client.exec<unknown>([command, ...args]);
    } catch (error) {
      throw new RedisFailure(error, error instanceof Error ? error.cause : undefined);
    }
  }

  /** null where the server does not know the command, which not every plan does. */
  async usedBytes(): Promise<number | null> {
    try {
      return usedMemoryOf(await this.call('info', 'memory'));
    } catch (error) {
      if (
        error instanceof RedisFailure &&
        /unknown command|not (available|supported)|unsupported/i.test(error.message)
      )
        return null;
      throw error;
    }
  }

  /** Every command is paid for, and Upstash keeps what it is given. */
  async describePrimaries(): Promise<[]> {
    return [];
  }

  mayHaveKey(pattern: string, isWanted: (key: string) => boolean): Promise<boolean> {
    return mayHaveKey(
      (cursor) => this.call('scan', cursor, 'MATCH', pattern, 'COUNT', String(KEYS_PER_PAGE)),
      isWanted,
    );
  }

  async close(): Promise<void> {}
}
