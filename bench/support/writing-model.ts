/**
 * A model server that streams the reply named in the last question (`../ui/replies.ts`) at 250 tokens per second.
 * Prints its address.
 */
import { createServer } from 'node:http';
import { parseQuestion, textOf, tokensOf } from '../ui/replies.ts';
import { listen } from './listen.ts';
import { streamTokens, textChunk } from './stream-tokens.ts';

const TOKEN_MS = 4;

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const frames = tokensOf(textOf(parseQuestion(body))).map(textChunk);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    streamTokens(response, { count: frames.length, everyMs: TOKEN_MS, frame: (n) => frames[n] ?? '' });
  });
});

await listen(server);
