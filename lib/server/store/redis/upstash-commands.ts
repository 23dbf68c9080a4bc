import { Redis } from '@upstash/redis';
import { COMMAND_TIMEOUT_MS, type RedisCommands, RedisFailure } from './redis-commands';

/** Redis over Upstash's REST. */
export class UpstashCommands implements RedisCommands {
  readonly driver = 'upstash';
  readonly #client: Redis;

  constructor(settings: { url: string; token: string }) {
    this.#client = new Redis({
      ...settings,
      // The text "123" is not the number 123.
      automaticDeserialization: false,
      // Five, by default: 4 s until a dead server shows.
      retry: { retries: 1 },
      // As a function: a signal given by itself makes an aborted request resolve with its reason as the result.
      signal: () => AbortSignal.timeout(COMMAND_TIMEOUT_MS),
      // Fetch's own keepalive, not the connection's, is for pages that close: it takes at most 64 kB.
      keepAlive: false,
      // One call, one request: a failure is then the failure of one call.
      enableAutoPipelining: false,
      enableTelemetry: false,
    });
  }

  async call(command: string, ...args: string[]): Promise<unknown> {
    try {
      return await this.#client.exec<unknown>([command, ...args]);
    } catch (error) {
      throw new RedisFailure(error, error instanceof Error ? error.cause : undefined);
    }
  }

  async close(): Promise<void> {}
}
