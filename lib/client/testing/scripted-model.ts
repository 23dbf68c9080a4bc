import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';

/** A model whose replies a test writes, turn by turn. */
export function createScriptedModel() {
  const replies = new Map<string, Reply>();
  // A model is asked without the id of the turn. It is known by the request that began the turn.
  const turn = new AsyncLocalStorage<string>();

  function replyOf(turnId: string): Reply {
    const reply = replies.get(turnId) ?? createReply();
    replies.set(turnId, reply);
    return reply;
  }

  const model: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('The server only streams.')),
    doStream: async (options) => ({ stream: replyOf(turn.getStore() ?? '').open(options) }),
  };
  return {
    model,
    /** Runs what begins this turn. */
    begin: <T>(turnId: string, run: () => T): T => turn.run(turnId, run),
    write: (turnId: string, text: string): void => replyOf(turnId).write(text),
    end: (turnId: string): void => replyOf(turnId).end(),
  };
}

interface Reply {
  open(options: LanguageModelV4CallOptions): ReadableStream<LanguageModelV4StreamPart>;
  write(text: string): void;
  end(): void;
}

function createReply(): Reply {
  const parts = new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>(
    undefined,
    { highWaterMark: Number.POSITIVE_INFINITY },
    { highWaterMark: Number.POSITIVE_INFINITY },
  );
  const writer = parts.writable.getWriter();
  // After an abort nothing reads what the test still writes.
  const send = (part: LanguageModelV4StreamPart) => void writer.write(part).catch(() => undefined);
  let isEmpty = true;
  return {
    open({ abortSignal }) {
      abortSignal?.addEventListener('abort', () => void writer.abort(abortSignal.reason));
      return parts.readable;
    },
    write(text) {
      isEmpty = false;
      send({ type: 'text-delta', id: 'text', delta: text });
    },
    end() {
      // The server takes an empty reply for a failure, unless the model ran out of tokens.
      const reason = isEmpty ? 'length' : 'stop';
      send({ type: 'finish', finishReason: { unified: reason, raw: reason }, usage: NO_USAGE });
    },
  };
}

const NO_USAGE = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};
