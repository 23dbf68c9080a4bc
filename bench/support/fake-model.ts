/**
 * A model server that costs next to nothing, as a process of its own. The model's name says how it speaks:
 * `bench-200x10` is 200 tokens, one every 10 ms, the first at once. The tokens are numbers, so that a reader can tell
 * a lost, a doubled and a reordered one. Prints its address.
 */
import { createServer, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

const HEAD =
  'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1750000000,"model":"bench",';
const tokenFrame = (n: number) =>
  `${HEAD}"choices":[{"index":0,"delta":{"content":"${n} "},"finish_reason":null}]}\n\n`;
const LAST =
  `${HEAD}"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n` +
  `${HEAD}"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20}}\n\ndata: [DONE]\n\n`;

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const [, tokens, everyMs] = /"bench-(\d+)x(\d+)"/.exec(body) ?? [];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    speak(response, Number(tokens), Number(everyMs));
  });
});

function speak(response: ServerResponse, tokens: number, everyMs: number): void {
  const startedAt = performance.now();
  let said = 0;
  const say = () => {
    // By the clock: a timer that comes late is made up for, so that every reader gets the same rate.
    const due = everyMs === 0 ? tokens : Math.floor((performance.now() - startedAt) / everyMs) + 1;
    while (said < Math.min(due, tokens)) response.write(tokenFrame(said++));
    if (said < tokens) return;
    clearInterval(timer);
    response.end(LAST);
  };
  const timer = setInterval(say, Math.max(1, everyMs));
  response.once('close', () => clearInterval(timer));
  say();
}

await listen(server);
