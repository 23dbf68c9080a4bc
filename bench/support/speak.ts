import type { ServerResponse } from 'node:http';

const HEAD =
  'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1750000000,"model":"bench",';
const LAST =
  `${HEAD}"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n` +
  `${HEAD}"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20}}\n\ndata: [DONE]\n\n`;

/** A chunk of a chat completion that says these words. */
export const wordsFrame = (words: string): string =>
  `${HEAD}"choices":[{"index":0,"delta":{"content":${JSON.stringify(words)}},"finish_reason":null}]}\n\n`;

interface Speech {
  count: number;
  /** 0: all at once. */
  everyMs: number;
  /** The chunk of the n-th token. */
  frame: (n: number) => string;
}

/** Sends the tokens at their rate, the first at once, and the words that end a good stream. */
export function speak(response: ServerResponse, { count, everyMs, frame }: Speech): void {
  const startedAt = performance.now();
  let said = 0;
  const say = () => {
    // By the clock: a timer that comes late is made up for, so that every reader gets the same rate.
    const due = everyMs === 0 ? count : Math.floor((performance.now() - startedAt) / everyMs) + 1;
    while (said < Math.min(due, count)) response.write(frame(said++));
    if (said < count) return;
    clearInterval(timer);
    response.end(LAST);
  };
  const timer = setInterval(say, Math.max(1, everyMs));
  response.once('close', () => clearInterval(timer));
  say();
}
