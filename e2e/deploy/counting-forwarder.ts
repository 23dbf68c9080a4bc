import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Passes TCP connections on to a local port, and counts them. */
export interface CountingForwarder {
  port: number;
  /** The connections so far. */
  connections: number;
  close(): Promise<void>;
}

export async function startCountingForwarder(target: number): Promise<CountingForwarder> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    forwarder.connections += 1;
    const upstream = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket));
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listening socket has no port.');
  const forwarder: CountingForwarder = {
    port: address.port,
    connections: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return forwarder;
}
