/** The lower bound: a `node:http` proxy that pipes the model's bytes without reading them. Prints its address. */
import { Agent, createServer, request as httpRequest } from 'node:http';
import { listen } from './listen.ts';

const [, , model = ''] = process.argv;
const agent = new Agent({ keepAlive: true });

const server = createServer((request, response) => {
  const headers = { 'content-type': 'application/json' };
  const upstream = httpRequest(
    `${model}/v1/chat/completions`,
    { method: 'POST', agent, headers },
    (upstreamResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      upstreamResponse.pipe(response);
    },
  );
  upstream.once('error', () => response.destroy());
  request.pipe(upstream);
});

await listen(server);
