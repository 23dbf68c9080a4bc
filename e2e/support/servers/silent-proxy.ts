import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that can act like a firewall that has silently dropped a connection. */
export interface SilentProxy {
  port: number;
  /** Where new connections lead. */
  target: number;
  /** Blocks all current connections in both directions without closing them. */
  forgetConnections(): void;
  /** How many connections have been made to it. */
  readonly accepted: number;
  close(): Promise<void>;
}

export async function startSilentProxy(firstTarget: number, port = 0): Promise<SilentProxy> {
  const open = new Set<{ client: Socket; upstream: Socket; isForgotten: boolean }>();
  let accepted = 0;
  const server = createServer((client) => {
    accepted++;
    const pair = { client, upstream: connect(proxy.target, '127.0.0.1'), isForgotten: false };
    open.add(pair);
    const end = () => {
      // A forgotten side never learns that the other one is gone.
      if (pair.isForgotten) return;
      open.delete(pair);
      client.destroy();
      pair.upstream.destroy();
    };
    for (const [from, to] of [
      [client, pair.upstream],
      [pair.upstream, client],
    ] as const) {
      from.on('error', () => undefined).on('close', end);
      from.on('data', (bytes) => {
        if (!pair.isForgotten) to.write(bytes);
      });
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listening socket has no port.');
  const proxy: SilentProxy = {
    port: address.port,
    target: firstTarget,
    get accepted() {
      return accepted;
    },
    forgetConnections() {
      for (const pair of open) pair.isForgotten = true;
    },
    async close() {
      for (const { client, upstream } of open) {
        client.destroy();
        upstream.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
