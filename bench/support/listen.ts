import { once } from 'node:events';
import type { Server } from 'node:http';

/** Listens on a free loopback port, tells it on the standard output, and ends with who started this process. */
export async function listen(server: Server): Promise<void> {
  server.keepAliveTimeout = 60_000;
  // A burst of connections is what is measured, not the length of this queue.
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listener without a port');
  process.once('disconnect', () => process.exit());
  console.log(`http://127.0.0.1:${address.port}`);
}
