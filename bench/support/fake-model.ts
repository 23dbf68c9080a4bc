/**
 * A model server that costs next to nothing, as a process of its own. The model's name says how it speaks:
 * `bench-200x10` is 200 tokens, one every 10 ms, the first at once. The tokens are numbers, so that a reader can tell
 * a lost, a doubled and a reordered one. Prints its address.
 */
import { createServer } from 'node:http';
import { listen } from './listen.ts';
import { speak, wordsFrame } from './speak.ts';

const tokenFrame = (n: number) => wordsFrame(`${n} `);

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const [, tokens, everyMs] = /"bench-(\d+)x(\d+)"/.exec(body) ?? [];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    speak(response, { count: Number(tokens), everyMs: Number(everyMs), frame: tokenFrame });
  });
});

await listen(server);
