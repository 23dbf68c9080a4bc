import type { IncomingMessage } from 'node:http';
import { OpenAICompatibleChatLanguageModel } from '@ai-sdk/openai-compatible';
import {
  APICallError,
  type LanguageModelV4CallOptions,
  type LanguageModelV4StreamPart,
  type LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import { createParser } from 'eventsource-parser';
import { partsOf } from './chunk-parts';
import { postJson } from './post-json';

interface Address {
  /** The id of the provider's row. */
  provider: string;
  /** Without a trailing slash. */
  baseUrl: string;
  headers: Record<string, string>;
}

/**
 * The SDK builds the request; the stream is read here, from the socket straight to the parts, because the SDK
 * passes each token through five web streams and a schema (decision 8). The stream ends when the connection
 * does, without a `finish` part: the `raw` chunks say whether the reply is complete.
 */
export class ChatCompletionsModel extends OpenAICompatibleChatLanguageModel {
  readonly #url: URL;
  readonly #headers: Record<string, string>;

  constructor(modelId: string, { provider, baseUrl, headers }: Address) {
    super(modelId, { provider: `${provider}.chat`, url: ({ path }) => `${baseUrl}${path}`, headers });
    this.#url = new URL(`${baseUrl}/chat/completions`);
    this.#headers = headers;
  }

  override async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const { body } = await this.prepareRequest(options);
    const answer = await postJson(this.#url, {
      headers: { 'user-agent': 'confab', ...this.#headers, ...options.headers },
      body: { ...body, stream: true, stream_options: { include_usage: true } },
      signal: options.abortSignal,
    });
    const headers = headersOf(answer);
    if (answer.statusCode !== 200) {
      answer.destroy();
      throw callError(this.#url, { statusCode: answer.statusCode, responseHeaders: headers });
    }
    return { stream: readParts(answer, this.#url), response: { headers } };
  }
}

function readParts(answer: IncomingMessage, url: URL): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    start(controller) {
      const parser = createParser({
        onEvent({ data }) {
          if (data === '[DONE]') return;
          for (const part of partsOf(data)) controller.enqueue(part);
        },
      });
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => parser.feed(text));
      answer.once('end', () => controller.close());
      answer.once('error', (cause) => controller.error(callError(url, { statusCode: 200, cause })));
    },
    cancel() {
      answer.destroy();
    },
  });
}

const callError = (
  url: URL,
  what: { statusCode: number | undefined; responseHeaders?: Record<string, string>; cause?: unknown },
): APICallError =>
  new APICallError({
    message: 'the call failed',
    url: url.href,
    requestBodyValues: {},
    isRetryable: false,
    ...what,
  });

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
