import type { BrowserContext, Request } from '@playwright/test';

export interface SentMessage {
  turnId: string;
  sessionId: string;
  assistantId: string;
  content: string;
}

/** Records every message that the pages of a context try to send, in order, including attempts that fail. */
export function recordSends(context: BrowserContext): SentMessage[] {
  const sent: SentMessage[] = [];
  context.on('request', (request: Request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/chat/stream')
      sent.push(request.postDataJSON());
  });
  return sent;
}
