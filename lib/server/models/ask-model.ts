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
  /** `provider:model`, one that the catalog lists. */
  modelId: string;
  system: string;
  messages: QuestionMessage[];
  assistantId: string;
  language: Language;
  signal: AbortSignal;
  /** Milliseconds of silence that are borne before the first text and after it. */
  timeouts: { firstTokenMs: number; stallMs: number };
}

/** After the finish reason only the counts are awaited, and some servers never close the connection. */
const LINGER_MS = 2_000;

/**
 * Asks a model. Never throws: every failure is a last `failure` part. An abort of the signal closes the connection to
 * the model and ends the iteration quietly. Otherwise exactly one `finish` or `failure` comes, last. Whoever leaves
 * the iteration early closes the connection too.
 */
export async function* askModel(catalog: ModelCatalog, question: Question): AsyncGenerator<ModelPart, void> {
  const model = catalog.languageModel(question.modelId);
  if (!model) {
    yield modelFailure('upstream', { unknownModel: true }, 'This model is not set up on this server.');
    return;
  }
  const patience = createModelTimeouts(question.signal, question.timeouts);
  try {
    const last = yield* listen(model, question, patience);
    if (!question.signal.aborted) yield last;
  } finally {
    patience.end();
  }
}

/** Tells what the model says, and returns how it ended. */
async function* listen(
  model: LanguageModelV4,
  question: Question,
  patience: ModelTimeouts,
): AsyncGenerator<ReplyPiece, ModelFinish | ModelFailure> {
  const splitter = createThinkSplitter();
  let answered = false;
  let readable = true;
  let finished: { reason: string; usage?: Usage } | null = null;
  let ending = () => explain(() => modelFailure('cut'));

  try {
    const { stream, response } = await model.doStream({
      prompt: promptOf(question),
      abortSignal: patience.signal,
      includeRawChunks: true,
      // Only the demo model reads these; every vendor reads what stands under its own name.
      providerOptions: { demo: { assistantId: question.assistantId, language: question.language } },
    });
    readable = speaksEvents(response?.headers);
    for await (const part of stream) {
      if (patience.signal.aborted) break;
      if (part.type === 'text-delta') {
        readable = true;
        patience.heard();
        for (const piece of splitter.push(part.delta)) yield told(piece);
      } else if (part.type === 'reasoning-delta') {
        readable = true;
        patience.heard();
        if (part.delta) yield { type: 'reasoning', text: part.delta };
      } else if (part.type === 'raw') {
        readable = true;
        const notes = outcomeOf(part.rawValue);
        if (notes.error) {
          ending = () => inBandFailure(notes.error);
          break;
        }
        if (notes.finishReason) {
          finished = { reason: notes.finishReason, usage: notes.usage };
          patience.linger(LINGER_MS);
        } else if (finished && notes.usage) finished.usage = notes.usage;
      } else if (part.type === 'error') {
        ending = () => explain(() => streamFailure(part.error, Date.now()));
        break;
      } else if (part.type === 'finish') {
        ending = () => finishReply(finishNameOf(part.finishReason), answered, usageOf(part.usage));
        break;
      }
    }
  } catch (error) {
    ending = () => explain(() => toModelFailure(error, Date.now()));
  }
  for (const piece of splitter.end()) yield told(piece);
  return ending();

  function told(piece: ReplyPiece): ReplyPiece {
    answered ||= piece.type === 'content' && piece.text.trim() !== '';
    return piece;
  }

  /** How a call ended that did not come to the end of its stream. */
  function explain(sort: () => ModelFailure): ModelFinish | ModelFailure {
    if (finished) return finishReply(finished.reason, answered, finished.usage);
    if (patience.lost()) return modelFailure('stalled');
    return readable ? sort() : modelFailure('malformed', { contentType: 'not an event stream' });
  }
}

const speaksEvents = (headers: Record<string, string> | undefined): boolean =>
  headers?.['content-type'] === undefined || headers['content-type'].includes('event-stream');

const promptOf = ({ system, messages }: Question): LanguageModelV4Prompt => [
  { role: 'system', content: system },
  ...messages.map((message) => ({ role: message.role, content: partsOf(message) })),
];

/** The images before the words that ask about them. No empty words: some vendors refuse them. */
function partsOf({
  content,
  images = [],
}: QuestionMessage): (LanguageModelV4FilePart | LanguageModelV4TextPart)[] {
  const pictures = images.map(({ type, data }) => ({
    type: 'file' as const,
    mediaType: type,
    data: { type: 'data' as const, data },
  }));
  return content.trim() === '' && images.length > 0
    ? pictures
    : [...pictures, { type: 'text', text: content }];
}
