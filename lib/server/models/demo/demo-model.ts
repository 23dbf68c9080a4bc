import { setTimeout as wait } from 'node:timers/promises';
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { continuePromptOf } from '@/lib/chat/context/continue-prompt';
import { estimateTokens } from '@/lib/chat/context/estimate-tokens';
import { isLanguage, LANGUAGES } from '@/lib/chat/language';
import { composeReply, continueReply, type DemoReply } from './compose-reply';

/** Time between two words, or two pairs of Chinese characters: a whole reply takes about 7 s. */
const WORD_MS = 30;

const FINISHED = { unified: 'stop', raw: 'stop' } as const;

/**
 * Answers when no model is configured: streams a canned reply at reading speed, and says that it is a demo.
 */
export const demoModel: LanguageModelV4 = {
  specificationVersion: 'v4',
  provider: 'demo',
  modelId: 'demo',
  supportedUrls: {},

  async doGenerate(options) {
    const { reasoning, content, usage } = replyTo(options);
    return {
      content: [
        { type: 'reasoning', text: reasoning },
        { type: 'text', text: content },
      ],
      finishReason: FINISHED,
      usage,
      warnings: [],
    };
  },

  /** An abort errors the stream at once, with the signal's reason. */
  async doStream(options) {
    const parts = partsOf(replyTo(options));
    return {
      stream: new ReadableStream<LanguageModelV4StreamPart>({
        async pull(controller) {
          const { value, done } = parts.next();
          if (done) return controller.close();
          if (value.type !== 'stream-start') await wait(WORD_MS, undefined, { signal: options.abortSignal });
          controller.enqueue(value);
        },
      }),
    };
  },
};

function replyTo({ prompt, providerOptions }: LanguageModelV4CallOptions): WholeReply {
  const messages = prompt.flatMap((message) =>
    message.role === 'user' || message.role === 'assistant'
      ? {
          role: message.role,
          text: message.content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
        }
      : [],
  );
  const textsOf = (wanted: 'user' | 'assistant') =>
    messages.filter(({ role }) => role === wanted).map(({ text }) => text);
  const said = textsOf('user');
  const { assistantId, language } = providerOptions?.demo ?? {};
  const question = {
    assistantId: typeof assistantId === 'string' ? assistantId : 'assistant',
    language: isLanguage(language) ? language : 'en',
  };
  const reply = CONTINUE_PROMPTS.has(said.at(-1) ?? '')
    ? continueReply({ ...question, messages: said.slice(0, -1) }, textsOf('assistant').at(-1) ?? '')
    : composeReply({ ...question, messages: said });
  return { ...reply, usage: usageOf(estimateTokens(JSON.stringify(prompt)), reply) };
}

interface WholeReply extends DemoReply {
  usage: LanguageModelV4Usage;
}

const CONTINUE_PROMPTS: ReadonlySet<string> = new Set(LANGUAGES.map(continuePromptOf));

function usageOf(input: number, reply: { reasoning: string; content: string }): LanguageModelV4Usage {
  const reasoning = estimateTokens(reply.reasoning);
  const text = estimateTokens(reply.content);
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: reasoning + text, text, reasoning },
  };
}

function* partsOf({
  reasoning,
  content,
  usage,
}: WholeReply): Generator<LanguageModelV4StreamPart, undefined> {
  yield { type: 'stream-start', warnings: [] };
  if (reasoning) {
    yield { type: 'reasoning-start', id: 'reasoning' };
    for (const delta of wordsIn(reasoning)) yield { type: 'reasoning-delta', id: 'reasoning', delta };
    yield { type: 'reasoning-end', id: 'reasoning' };
  }
  yield { type: 'text-start', id: 'text' };
  for (const delta of wordsIn(content)) yield { type: 'text-delta', id: 'text', delta };
  yield { type: 'text-end', id: 'text' };
  yield { type: 'finish', finishReason: FINISHED, usage };
}

/** The text cut into words, with the space before each. */
const wordsIn = (text: string): string[] =>
  text.match(/\s*(?:\p{Script=Han}{1,2}\p{Punctuation}*|[^\s\p{Script=Han}]+)|\s+$/gu) ?? [];
