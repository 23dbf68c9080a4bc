/**
 * A model server that writes: 250 tokens a second of the reply that the last question asks for (`../ui/replies.ts`).
 * Prints its address.
 */
import { createServer } from 'node:http';
import { readQuestion, textOf, tokensOf } from '../ui/replies.ts';
import { listen } from './listen.ts';
import { speak, wordsFrame } from './speak.ts';

const TOKEN_MS = 4;

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const frames = tokensOf(textOf(readQuestion(body))).map(wordsFrame);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    speak(response, { count: frames.length, everyMs: TOKEN_MS, frame: (n) => frames[n] ?? '' });
  });
});

await listen(server);
