import { setTimeout as pause } from 'node:timers/promises';
import { Cluster, type Redis } from 'ioredis';
import { identify, openCluster, openSingle, type RedisAddress, unlessRefused } from './connect';
import type { RedisKeys } from './keys';
import { KEYS_PER_PAGE, mayHaveKey } from './may-have-key';
import {
  COMMAND_TIMEOUT_MS,
  type PrimaryReport,
  type RedisCommands,
  RedisFailure,
  SLOT_MOVE_MS,
  usedMemoryOf,
} from './redis-commands';
import { databaseOf } from './redis-url';

/** The pause before a command is retried on a Cluster that is moving its slot or has lost a node. */
const CLUSTER_PAUSE_MS = 100;
/** The shortest time between two reconnections because the server is read-only. */
const REPLACE_EVERY_MS = 1_000;

/** Errors of a Cluster that is moving the slot of the keys, until all of them have moved. */
const SLOT_MOVES = /\b(TRYAGAIN|ASK) |attempted to access a non local key/;
/** The driver reached its limit of redirections. */
const GAVE_UP = /Too many Cluster redirections/;
/** The driver also reports this for an unreachable node. */
const REDIRECTED = /\bMOVED \d+ (\S+)/;

/** Redis over TCP: a single server or a Cluster. */
export class IoredisCommands implements RedisCommands {
  readonly driver = 'redis';
  readonly #address: RedisAddress;
  #client: Redis | Cluster;
  /**
   * Whether the current connection leads to a single server or a Cluster; null if not asked since it was
   * made.
   */
  #identity: Promise<'single' | 'cluster'> | null = null;
  #connectedAt = 0;
  #lastError: Error | null = null;
  /** When each node of a Cluster last failed. */
  readonly #failedAt = new Map<string, number>();

  constructor(
    address: RedisAddress,
    readonly keys: RedisKeys,
  ) {
    this.#address = address;
    this.#client = this.#watch(address.urls.length === 1 ? openSingle(address) : openCluster(address));
  }

  async isCluster(): Promise<boolean> {
    return (await this.#connected(deadline())) instanceof Cluster;
  }

  async call(command: string, ...args: string[]): Promise<unknown> {
    const startedAt = performance.now();
    let mayReplace = true;
    let end = deadline();
    for (;;) {
      const client = await this.#connected(end);
      const sentAt = performance.now();
      try {
        return await before(end, client.call(command, ...args));
      } catch (error) {
        const message = error instanceof Error ? error.message : '';
        if (client instanceof Cluster && this.#isSlotMoving(message, startedAt)) {
          await pause(CLUSTER_PAUSE_MS);
          end = deadline();
        } else if (GAVE_UP.test(message) && performance.now() + CLUSTER_PAUSE_MS < end) {
          await pause(CLUSTER_PAUSE_MS);
        } else if (mayReplace && message.includes('READONLY') && this.#replaceConnection(sentAt)) {
          mayReplace = false;
        } else {
          throw new RedisFailure(error, this.#lastError);
        }
      }
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
    const end = deadline();
    const client = await this.#connected(end);
    const nodes = client instanceof Cluster ? client.nodes('master') : [client];
    try {
      return await before(end, Promise.all(nodes.map(ask)));
    } catch (error) {
      throw new RedisFailure(error, this.#lastError);
    }
  }

  async mayHaveKey(pattern: string, isWanted: (key: string) => boolean): Promise<boolean> {
    const client = await this.#connected(deadline());
    const nodes = client instanceof Cluster ? client.nodes('master') : [client];
    // The client knows no nodes before the Cluster has answered.
    if (nodes.length === 0) return true;
    try {
      const has = await Promise.all(
        nodes.map((node) =>
          mayHaveKey(
            (cursor) => before(deadline(), node.scan(cursor, 'MATCH', pattern, 'COUNT', KEYS_PER_PAGE)),
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

  /** The client, once the kind of its server is known. */
  async #connected(end: number): Promise<Redis | Cluster> {
    const client = this.#client;
    // While disconnected, fail at once instead of waiting for the next attempt to connect.
    if (client.status === 'reconnecting' || client.status === 'close')
      throw new RedisFailure(new Error('there is no connection to Redis'), this.#lastError);
    if (client instanceof Cluster) return client;
    this.#identity ??= identify(client, databaseOf(this.#address.urls[0] ?? ''));
    const identity = this.#identity;
    try {
      if ((await before(end, identity)) === 'cluster' && this.#client === client) {
        client.disconnect();
        this.#client = this.#watch(openCluster(this.#address));
      }
    } catch (error) {
      if (this.#identity === identity) this.#identity = null;
      throw new RedisFailure(error, this.#lastError);
    }
    return this.#client;
  }

  #isSlotMoving(message: string, startedAt: number): boolean {
    if (performance.now() - startedAt >= SLOT_MOVE_MS) return false;
    const node = REDIRECTED.exec(message)?.[1];
    return SLOT_MOVES.test(message) || (node !== undefined && (this.#failedAt.get(node) ?? 0) < startedAt);
  }

  /**
   * Reconnects if the server is read-only: after a failover, the host name leads to the new primary, but the
   * connection still leads to the old one, now a replica. False if it has just reconnected.
   */
  #replaceConnection(sentAt: number): boolean {
    if (this.#client instanceof Cluster) return false; // it follows a failover by itself
    if (sentAt < this.#connectedAt) return true;
    if (performance.now() - this.#connectedAt < REPLACE_EVERY_MS) return false;
    this.#client.disconnect(true);
    return true;
  }

  #watch<Client extends Redis | Cluster>(client: Client): Client {
    const fail = (error: Error) => {
      this.#lastError = error;
    };
    // Without a listener, an unreachable server would crash the process. The last error becomes the cause of
    // a failure.
    client.on('error', fail);
    client.on('node error', (error: Error, node: string) => {
      fail(error);
      this.#failedAt.set(node, performance.now());
    });
    client.on('close', () => {
      this.#identity = null;
    });
    client.on('ready', () => {
      this.#connectedAt = performance.now();
      this.#lastError = null;
    });
    return client;
  }
}

const deadline = (): number => performance.now() + COMMAND_TIMEOUT_MS;

async function before<T>(end: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`Redis did not answer within ${COMMAND_TIMEOUT_MS} ms`));
    // If this process was too busy to read the answer, this lets it read the answer first.
    timer = setTimeout(() => setImmediate(fail), end - performance.now());
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
