import type {
  LanguageModelV4,
  LanguageModelV4FilePart,
  LanguageModelV4Prompt,
  LanguageModelV4TextPart,
} from '@ai-sdk/provider';
import type { Language } from '@/lib/chat/language';
import type { ImageType, Usage } from '@/lib/chat/turn';
import type { ModelCatalog } from './catalog';
import { outcomeOf } from './chat-completions/chunk-outcome';
import { finishNameOf, finishReply, usageOf } from './finish-reply';
import { inBandFailure, modelFailure, streamFailure, toModelFailure } from './model-failure';
import type { ModelFailure, ModelFinish, ModelPart } from './model-part';
import { createModelTimeouts, type ModelTimeouts } from './model-timeouts';
import { createThinkSplitter, type ReplyPiece } from './think-splitter';

export interface QuestionMessage {
  role: 'user' | 'assistant';
  content: string;
  images?: { type: ImageType; data: Uint8Array }[];
}

export interface Question {
  /** `provider:model`, an id of the catalog. */
  modelId: string;
  system: string;
  messages: QuestionMessage[];
  assistantId: string;
  language: Language;
  signal: AbortSignal;
  /** How long the model may be silent before its first text and after it. */
  timeouts: { firstTokenMs: number; stallMs: number };
  /** The most tokens of the reply; null: the model's own limit. */
  maxOutputTokens?: number | null;
}

/** How long to wait for the token counts after the finish reason: some servers never close the connection. */
const USAGE_WAIT_MS = 2_000;

/**
 * Asks a model, and yields its reply part by part. The last part is one `finish` or one `failure`; nothing is
 * thrown. If the signal aborts, or the caller stops iterating, the connection to the model closes; after an
 * abort the iteration ends without a last part.
 */
export async function* askModel(catalog: ModelCatalog, question: Question): AsyncGenerator<ModelPart, void> {
  const model = catalog.languageModel(question.modelId);
  if (!model) {
    yield modelFailure('upstream', { unknownModel: true }, 'This model is not set up on this server.');
    return;
  }
  const timeouts = createModelTimeouts(question.signal, question.timeouts);
  try {
    const last = yield* readReply(model, question, timeouts);
    if (!question.signal.aborted) yield last;
  } finally {
    timeouts.end();
  }
}

/** Yields the text of the reply, and returns how it ended. */
async function* readReply(
  model: LanguageModelV4,
  question: Question,
  timeouts: ModelTimeouts,
): AsyncGenerator<ReplyPiece, ModelFinish | ModelFailure> {
  const splitter = createThinkSplitter();
  let hasContent = false;
  let isEventStream = true;
  let finished: { name: string; usage?: Usage } | null = null;
  let ending = () => endingUnless(() => modelFailure('cut'));

  try {
    const { stream, response } = await model.doStream({
      prompt: promptOf(question),
      abortSignal: timeouts.signal,
      includeRawChunks: true,
      ...(question.maxOutputTokens && { maxOutputTokens: question.maxOutputTokens }),
      // Only the demo model reads these: a provider reads what is under its own name.
      providerOptions: { demo: { assistantId: question.assistantId, language: question.language } },
    });
    isEventStream = claimsEventStream(response?.headers);
    for await (const part of stream) {
      if (timeouts.signal.aborted) break;
      if (part.type === 'text-delta') {
        isEventStream = true;
        timeouts.received();
        for (const piece of splitter.push(part.delta)) yield noted(piece);
      } else if (part.type === 'reasoning-delta') {
        isEventStream = true;
        timeouts.received();
        if (part.delta) yield { type: 'reasoning', text: part.delta };
      } else if (part.type === 'raw') {
        isEventStream = true;
        const { error, finishReason, usage } = outcomeOf(part.rawValue);
        if (error) {
          ending = () => inBandFailure(error);
          break;
        }
        if (finishReason) {
          finished = { name: finishReason, usage };
          timeouts.awaitUsage(USAGE_WAIT_MS);
        } else if (finished && usage) finished.usage = usage;
      } else if (part.type === 'error') {
        ending = () => endingUnless(() => streamFailure(part.error, Date.now()));
        break;
      } else if (part.type === 'finish') {
        ending = () => finishReply(finishNameOf(part.finishReason), hasContent, usageOf(part.usage));
        break;
      }
    }
  } catch (error) {
    ending = () => endingUnless(() => toModelFailure(error, Date.now()));
  }
  for (const piece of splitter.end()) yield noted(piece);
  return ending();

  function noted(piece: ReplyPiece): ReplyPiece {
    hasContent ||= piece.type === 'content' && piece.text.trim() !== '';
    return piece;
  }

  /**
   * How a call ended whose stream has no `finish` part: `failure` applies only if nothing else explains the
   * end.
   */
  function endingUnless(failure: () => ModelFailure): ModelFinish | ModelFailure {
    if (finished) return finishReply(finished.name, hasContent, finished.usage);
    if (timeouts.timedOut()) return modelFailure('stalled');
    return isEventStream ? failure() : modelFailure('malformed', { contentType: 'not an event stream' });
  }
}

const claimsEventStream = (headers: Record<string, string> | undefined): boolean =>
  headers?.['content-type'] === undefined || headers['content-type'].includes('event-stream');

const promptOf = ({ system, messages }: Question): LanguageModelV4Prompt => [
  { role: 'system', content: system },
  ...messages.map((message) => ({ role: message.role, content: partsOf(message) })),
];

/** The images before the text that asks about them. A blank text is left out: some providers refuse it. */
function partsOf({
  content,
  images = [],
}: QuestionMessage): (LanguageModelV4FilePart | LanguageModelV4TextPart)[] {
  const files = images.map(({ type, data }) => ({
    type: 'file' as const,
    mediaType: type,
    data: { type: 'data' as const, data },
  }));
  return content.trim() === '' && images.length > 0 ? files : [...files, { type: 'text', text: content }];
}
