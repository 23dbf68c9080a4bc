import type { ServerResponse } from 'node:http';

const HEAD =
  'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1750000000,"model":"bench",';
const LAST =
  `${HEAD}"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n` +
  `${HEAD}"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20}}\n\ndata: [DONE]\n\n`;

/** A chat completion chunk with this text. */
export const textChunk = (text: string): string =>
  `${HEAD}"choices":[{"index":0,"delta":{"content":${JSON.stringify(text)}},"finish_reason":null}]}\n\n`;

interface TokenStream {
  count: number;
  /** 0 sends all at once. */
  everyMs: number;
  /** The chunk of the n-th token. */
  frame: (n: number) => string;
}

/** Sends the tokens at their rate, the first at once, then the end of a good stream. */
export function streamTokens(response: ServerResponse, { count, everyMs, frame }: TokenStream): void {
  const startedAt = performance.now();
  let sent = 0;
  const sendDue = () => {
    // By the clock, so that a late timer catches up and every reader gets the same rate.
    const due = everyMs === 0 ? count : Math.floor((performance.now() - startedAt) / everyMs) + 1;
    while (sent < Math.min(due, count)) response.write(frame(sent++));
    if (sent < count) return;
    clearInterval(timer);
    response.end(LAST);
  };
  const timer = setInterval(sendDue, Math.max(1, everyMs));
  response.once('close', () => clearInterval(timer));
  sendDue();
}
