import { once } from 'node:events';
import type { Server } from 'node:http';

/** Listens on a free loopback port, prints its address, and exits when the parent process does. */
export async function listen(server: Server): Promise<void> {
  server.keepAliveTimeout = 60_000;
  // Large enough that bursts of connections are not limited by this queue.
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listening socket has no port.');
  process.once('disconnect', () => process.exit());
  console.log(`http://127.0.0.1:${address.port}`);
}
