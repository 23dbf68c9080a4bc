import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { COMMAND_TIMEOUT_MS, type RedisCommands, RedisFailure } from './redis-commands';

/** Retried for ever, within 2 s of the server's return. */
const backOff = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt - 1, 10), 2_000);

/** Once more over a new connection, if the old one broke: a restart of the server is then hardly noticed. */
const CONNECTION: RedisOptions = { maxRetriesPerRequest: 1, connectTimeout: COMMAND_TIMEOUT_MS };

/** Redis over TCP: one address is a single server, several are the start nodes of a Cluster. */
export class IoredisCommands implements RedisCommands {
  readonly driver = 'redis';
  readonly #client: Redis | Cluster;
  #lastError: Error | null = null;

  constructor(urls: readonly string[]) {
    this.#client = urls.length === 1 && urls[0] !== undefined ? openSingle(urls[0]) : openCluster(urls);
    // Without a listener, a server that is down would end the process. What it says is the cause of the next failure.
    this.#client.on('error', (error) => {
      this.#lastError = error;
    });
  }

  async call(command: string, ...args: string[]): Promise<unknown> {
    // Between two attempts to connect there is nobody to ask: better to say so than to wait for the back-off.
    if (this.#client.status === 'reconnecting' || this.#client.status === 'close')
      throw new RedisFailure(new Error('there is no connection to Redis'), this.#lastError);
    try {
      return await within(COMMAND_TIMEOUT_MS, this.#client.call(command, ...args));
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

/** Nodes that the Cluster tells of are reached with the credentials of the first address. */
function openCluster(urls: readonly string[]): Cluster {
  const [first] = urls.map((url) => new URL(url));
  return new Cluster([...urls], {
    clusterRetryStrategy: backOff,
    slotsRefreshTimeout: COMMAND_TIMEOUT_MS,
    // Managed Clusters present certificates for names: what is looked up is what is asked for.
    dnsLookup: (address, callback) => callback(null, address),
    redisOptions: {
      ...CONNECTION,
      ...(first?.username && { username: decodeURIComponent(first.username) }),
      ...(first?.password && { password: decodeURIComponent(first.password) }),
      ...(first?.protocol === 'rediss:' && { tls: {} }),
    },
  });
}

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
