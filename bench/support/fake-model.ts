/**
 * A very cheap model server, run as a separate process. The model's name sets its output: `bench-200x10` is 200 tokens,
 * the first at once and then one every 10 ms. The tokens are numbers, so that a reader notices lost, duplicated and
 * reordered ones. Prints its address.
 */
import { createServer } from 'node:http';
import { listen } from './listen.ts';
import { streamTokens, textChunk } from './stream-tokens.ts';

const tokenFrame = (n: number) => textChunk(`${n} `);

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const [, tokens, everyMs] = /"bench-(\d+)x(\d+)"/.exec(body) ?? [];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    streamTokens(response, { count: Number(tokens), everyMs: Number(everyMs), frame: tokenFrame });
  });
});

await listen(server);
