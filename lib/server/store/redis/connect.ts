import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { COMMAND_TIMEOUT_MS } from './redis-commands';

/** Where Redis is, and how to reach it. */
export interface RedisAddress {
  /** One URL is a server or a node of a Cluster; several are nodes of a Cluster. */
  urls: readonly string[];
  /** The trusted certificate authorities in PEM; by default those of Node. */
  ca?: string;
}

/** Reconnects forever, with pauses of at most 2 s. */
const backOff = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt - 1, 10), 2_000);

const CONNECTION: RedisOptions = {
  // Retries a command once over a new connection, so that a quick restart of Redis goes unnoticed.
  maxRetriesPerRequest: 1,
  connectTimeout: COMMAND_TIMEOUT_MS,
  // A firewall can drop an idle connection silently, so a connection without data is replaced. This timeout
  // is a little longer than that of a command, because this process may have been too busy to read the
  // answer.
  socketTimeout: COMMAND_TIMEOUT_MS + 500,
  // Frequent enough that firewalls do not treat the connection as idle.
  keepAlive: 15_000,
};

const tlsOf = (ca: string | undefined): RedisOptions['tls'] => (ca === undefined ? {} : { ca });

export function openSingle({ urls: [url = ''], ca }: RedisAddress): Redis {
  return new Redis(url, {
    ...CONNECTION,
    retryStrategy: backOff,
    ...(url.startsWith('rediss:') && { tls: tlsOf(ca) }),
  });
}

/** The credentials of the first URL are used for all nodes of the Cluster. */
export function openCluster({ urls, ca }: RedisAddress): Cluster {
  const [first] = urls.map((url) => new URL(url));
  return new Cluster([...urls], {
    clusterRetryStrategy: backOff,
    slotsRefreshTimeout: COMMAND_TIMEOUT_MS,
    // Gives up early, because `IoredisCommands` retries with its own time limit.
    maxRedirections: 5,
    // Certificates of managed Clusters are for host names, so names must not be resolved to addresses here.
    dnsLookup: (address, callback) => callback(null, address),
    redisOptions: {
      ...CONNECTION,
      ...(first?.username && { username: decodeURIComponent(first.username) }),
      ...(first?.password && { password: decodeURIComponent(first.password) }),
      ...(first?.protocol === 'rediss:' && { tls: tlsOf(ca) }),
    },
  });
}

/**
 * Whether this server is a node of a Cluster. On a single server, also selects the database of the URL and
 * throws if that fails: ioredis would silently use database 0.
 */
export async function identify(client: Redis, database: number): Promise<'single' | 'cluster'> {
  const isCluster = await isNodeOfCluster(client);
  if (isCluster && database > 0)
    throw new Error(`REDIS_URL names database ${database}, and a Redis Cluster has none but 0`);
  if (database > 0) {
    await client.select(database).catch((error: unknown) => {
      if (!isReply(error)) throw error;
      throw new Error(`REDIS_URL names database ${database}, which cannot be used: ${error.message}`);
    });
  }
  return isCluster ? 'cluster' : 'single';
}

/** Tries two commands, because an ACL or a managed server may forbid either. */
async function isNodeOfCluster(client: Redis): Promise<boolean> {
  const hello = await unlessRefused(client.call('hello', '3'));
  if (Array.isArray(hello)) return hello[hello.indexOf('mode') + 1] === 'cluster';
  const info = await unlessRefused(client.info('cluster'));
  return info?.includes('cluster_enabled:1') === true;
}

/**
 * null if the server answers with an error: a managed server may lack the command, or an ACL may forbid it.
 */
export const unlessRefused = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (isReply(error) && !/^(NOAUTH|LOADING|MASTERDOWN)/.test(error.message)) return null;
    throw error;
  });

const isReply = (error: unknown): error is Error => error instanceof Error && error.name === 'ReplyError';
