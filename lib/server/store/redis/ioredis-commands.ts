import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisKeys } from './keys';
import { KEYS_PER_PAGE, mayHaveKey } from './may-have-key';
import {
  COMMAND_TIMEOUT_MS,
  type PrimaryReport,
  type RedisCommands,
  RedisFailure,
  usedMemoryOf,
} from './redis-commands';

/** Reconnects forever, with pauses of at most 2 s. */
const backOff = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt - 1, 10), 2_000);

/** Retries a command once over a new connection, so that a quick restart of Redis goes unnoticed. */
const CONNECTION: RedisOptions = { maxRetriesPerRequest: 1, connectTimeout: COMMAND_TIMEOUT_MS };

/** Redis over TCP: one URL is a single server, several are the start nodes of a Cluster. */
export class IoredisCommands implements RedisCommands {
  readonly driver = 'redis';
  readonly isCluster: boolean;
  readonly #client: Redis | Cluster;
  #lastError: Error | null = null;

  constructor(
    urls: readonly string[],
    readonly keys: RedisKeys,
  ) {
    this.#client = urls.length === 1 && urls[0] !== undefined ? openSingle(urls[0]) : openCluster(urls);
    this.isCluster = this.#client instanceof Cluster;
    // Without a listener, a server that is down would end the process. The last error becomes the cause of a failure.
    this.#client.on('error', (error) => {
      this.#lastError = error;
    });
  }

  async call(command: string, ...args: string[]): Promise<unknown> {
    // While disconnected, fail at once instead of waiting for the next attempt to connect.
    if (this.#client.status === 'reconnecting' || this.#client.status === 'close')
      throw new RedisFailure(new Error('there is no connection to Redis'), this.#lastError);
    try {
      return await within(COMMAND_TIMEOUT_MS, this.#client.call(command, ...args));
    } catch (error) {
      throw new RedisFailure(error, this.#lastError);
    }
  }

  async usedBytes(): Promise<number | null> {
    const infos = await this.#askPrimaries((node) => node.info('memory'));
    return infos
      .map(usedMemoryOf)
      .reduce<number | null>((sum, used) => (sum === null || used === null ? null : sum + used), 0);
  }

  /** Without sections: several of them are an error before Redis 7.0. */
  describePrimaries(): Promise<PrimaryReport[]> {
    return this.#askPrimaries(async (node) => {
      const [info, saving] = await Promise.all([
        unlessRefused(node.info()),
        unlessRefused(node.config('GET', 'save')),
      ]);
      const save: unknown = Array.isArray(saving) ? saving[1] : null;
      return { info, save: typeof save === 'string' ? save : null };
    });
  }

  async #askPrimaries<T>(ask: (node: Redis) => Promise<T>): Promise<T[]> {
    const nodes = this.#client instanceof Cluster ? this.#client.nodes('master') : [this.#client];
    try {
      return await within(COMMAND_TIMEOUT_MS, Promise.all(nodes.map(ask)));
    } catch (error) {
      throw new RedisFailure(error, this.#lastError);
    }
  }

  async mayHaveKey(pattern: string, isWanted: (key: string) => boolean): Promise<boolean> {
    const nodes = this.#client instanceof Cluster ? this.#client.nodes('master') : [this.#client];
    // A Cluster knows its nodes once it has answered.
    if (nodes.length === 0) return true;
    try {
      const has = await Promise.all(
        nodes.map((node) =>
          mayHaveKey(
            (cursor) =>
              within(COMMAND_TIMEOUT_MS, node.scan(cursor, 'MATCH', pattern, 'COUNT', KEYS_PER_PAGE)),
            isWanted,
          ),
        ),
      );
      return has.includes(true);
    } catch (error) {
      throw new RedisFailure(error, this.#lastError);
    }
  }

  async close(): Promise<void> {
    this.#client.disconnect();
  }
}

function openSingle(url: string): Redis {
  return new Redis(url, { ...CONNECTION, retryStrategy: backOff });
}

/** The other nodes of the Cluster are reached with the credentials of the first URL. */
function openCluster(urls: readonly string[]): Cluster {
  const [first] = urls.map((url) => new URL(url));
  return new Cluster([...urls], {
    clusterRetryStrategy: backOff,
    slotsRefreshTimeout: COMMAND_TIMEOUT_MS,
    // The certificates of managed Clusters are for host names, so a name must not be resolved to an address here.
    dnsLookup: (address, callback) => callback(null, address),
    redisOptions: {
      ...CONNECTION,
      ...(first?.username && { username: decodeURIComponent(first.username) }),
      ...(first?.password && { password: decodeURIComponent(first.password) }),
      ...(first?.protocol === 'rediss:' && { tls: {} }),
    },
  });
}

/** null where the server answers with an error: a managed one may lack the command, an ACL may forbid it. */
const unlessRefused = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'ReplyError') return null;
    throw error;
  });

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
