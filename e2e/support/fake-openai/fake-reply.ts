import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type ChatMessage, type Refusal, type Step, textOf } from './script.ts';

/** A request as the fake model server records it. */
export interface RecordedRequest {
  id: number;
  scenario: string;
  model: string;
  messages: ChatMessage[];
  /** The text of the last user message, with its marker. */
  lastUser: string;
  /** The complete request body. */
  body: Record<string, unknown>;
  headers: Record<string, string | string[] | undefined>;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  /** `left`: the client closed the connection before the reply was complete. `broken`: the scenario or a reset did. */
  state: 'open' | 'complete' | 'left' | 'broken';
  endedAt?: number;
}

/** A reply that is being played. */
export interface FakeReply {
  release(count: number): void;
  breakOff(): void;
  play(script: Iterable<Step>): Promise<void>;
}

/** `onEnd` is called when the connection has ended and `request.state` says how. */
export function createReply(
  request: RecordedRequest,
  response: ServerResponse,
  onEnd: () => void,
): FakeReply {
  let permits = 0;
  let characters = 0;
  let isBroken = false;
  let wake = () => {};

  response.on('close', () => {
    request.state = response.writableFinished ? 'complete' : isBroken ? 'broken' : 'left';
    request.endedAt = Date.now();
    wake();
    onEnd();
  });

  /** Waits until the condition holds or the connection has ended. */
  async function until(holds: () => boolean): Promise<void> {
    while (!holds() && request.state === 'open') {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  function begin(): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    });
    response.flushHeaders();
  }

  function sendChunk(rest: object): void {
    const chunk = {
      id: `chatcmpl-${request.id}`,
      object: 'chat.completion.chunk',
      created: 1,
      model: request.model,
    };
    response.write(`data: ${JSON.stringify({ ...chunk, ...rest })}\n\n`);
  }

  async function perform(step: Exclude<Step, { kind: 'cut' }>): Promise<void> {
    switch (step.kind) {
      case 'delta':
        characters += textOf(step.delta.content ?? step.delta.reasoning_content).length;
        return sendChunk({ choices: [{ index: 0, delta: step.delta, finish_reason: step.finish ?? null }] });
      case 'raw':
        response.write(step.text);
        return;
      case 'pause':
        return wait(step.ms);
      case 'stall':
        return until(() => false);
      case 'gate':
        await until(() => permits > 0);
        permits -= 1;
        return;
      case 'done':
        if (wantsUsage(request)) sendChunk({ choices: [], usage: usageOf(request, characters) });
        response.write('data: [DONE]\n\n');
    }
  }

  const reply: FakeReply = {
    release(count) {
      permits += count;
      wake();
    },
    breakOff() {
      isBroken = true;
      response.destroy();
    },
    async play(script) {
      for (const step of script) {
        if (request.state !== 'open' || isBroken) return;
        if (step.kind === 'cut') return reply.breakOff();
        // A script that begins with a stall sends no response headers either.
        if (!response.headersSent && step.kind !== 'stall') begin();
        await perform(step);
        // Parts arrive one by one, as over a network, and a cut never overtakes data that was already written.
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    },
  };
  return reply;
}

export function sendRefusal(response: ServerResponse, { status, headers, body }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function wantsUsage({ body }: RecordedRequest): boolean {
  const options = body.stream_options;
  return (
    typeof options === 'object' &&
    options !== null &&
    'include_usage' in options &&
    options.include_usage === true
  );
}

/** One token for each character, so that a test can predict the counts. */
function usageOf({ messages }: RecordedRequest, characters: number): object {
  const prompt_tokens = messages.reduce((sum, { content }) => sum + textOf(content).length, 0);
  return {
    prompt_tokens,
    completion_tokens: characters,
    total_tokens: prompt_tokens + characters,
    completion_tokens_details: { reasoning_tokens: 3 },
  };
}
