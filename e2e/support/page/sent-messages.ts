import type { BrowserContext, Request } from '@playwright/test';

export interface SentMessage {
  turnId: string;
  sessionId: string;
  assistantId: string;
  content: string;
}

/** What the pages of a browser post, in order: every attempt, also one that does not arrive. */
export function recordSends(context: BrowserContext): SentMessage[] {
  const sent: SentMessage[] = [];
  context.on('request', (request: Request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/chat/stream')
      sent.push(request.postDataJSON());
  });
  return sent;
}
