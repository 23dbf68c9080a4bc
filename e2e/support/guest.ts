import { type APIRequestContext, type APIResponse, expect } from '@playwright/test';
import { v7 as newId } from 'uuid';
import type { ChatEvent } from '@/lib/chat/events';
import type { HistoryAnswer, SendBody, SessionsAnswer } from '@/lib/chat/wire';
import { createEventDecoder } from '@/lib/client/http/event-decoder';

/** A guest who uses the HTTP API without a page, like `curl` with a cookie jar. */
export class Guest {
  constructor(readonly api: APIRequestContext) {}

  /** A valid send request, with the test's changes applied. */
  static body(change: Partial<SendBody> = {}): SendBody {
    return { sessionId: newId(), assistantId: 'assistant', turnId: newId(), content: 'hello', ...change };
  }

  send(body: unknown): Promise<APIResponse> {
    return this.api.post('/api/chat/stream', { data: body });
  }

  /** Sends and reads the stream to its end. */
  async events(body: SendBody): Promise<ChatEvent[]> {
    return eventsOf(await this.send(body));
  }

  async history(sessionId: string): Promise<HistoryAnswer> {
    const response = await this.api.get(`/api/chat/history?sessionId=${sessionId}`);
    expect(response.status()).toBe(200);
    return await response.json();
  }

  async sessions(): Promise<SessionsAnswer> {
    const response = await this.api.get('/api/chat/sessions');
    expect(response.status()).toBe(200);
    return await response.json();
  }
}

export async function eventsOf(response: APIResponse): Promise<ChatEvent[]> {
  expect(response.status(), await response.text()).toBe(200);
  expect(response.headers()['content-type']).toBe('text/event-stream; charset=utf-8');
  return createEventDecoder()
    .push(await response.body())
    .map((decoded) => {
      if (decoded.kind !== 'event') throw new Error(`Not an event: ${JSON.stringify(decoded)}`);
      return decoded.event;
    });
}

/** The status and code of an error response. Fails unless its message is text. */
export async function refusalOf(response: APIResponse): Promise<{ status: number; code: unknown }> {
  const { error } = (await response.json()) as { error: { code: unknown; message: unknown } };
  expect(error.message).toEqual(expect.stringMatching(/\w/));
  return { status: response.status(), code: error.code };
}
