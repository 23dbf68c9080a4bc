import { JSONParseError, type LanguageModelV4StreamPart, TypeValidationError } from '@ai-sdk/provider';
import { type Fields, isObject, outcomeOf } from './chunk-outcome';

type Part = LanguageModelV4StreamPart;

/**
 * The parts of one chunk of chat completions: its reasoning, then its text. If the chunk has an outcome (an
 * error, the finish reason, the token counts), the chunk itself comes first, as a `raw` part. Any other data
 * is an `error` part.
 */
export function partsOf(data: string): Part[] {
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch (cause) {
    return [{ type: 'error', error: new JSONParseError({ text: data, cause }) }];
  }
  const { error, finishReason, usage } = outcomeOf(chunk);
  if (error !== undefined) return [{ type: 'raw', rawValue: chunk }];
  const outcome: Part[] = finishReason || usage ? [{ type: 'raw', rawValue: chunk }] : [];
  if (!isObject(chunk) || !Array.isArray(chunk.choices)) return [malformed(chunk)];
  const choice: unknown = chunk.choices[0];
  const delta = isObject(choice) ? choice.delta : undefined;
  if (delta === undefined || delta === null) return outcome;
  if (!isObject(delta) || !isReadable(delta.content)) return [malformed(chunk)];
  return [...outcome, ...deltaParts(delta)];
}

function deltaParts(delta: Fields): Part[] {
  const parts: Part[] = [];
  const addReasoning = (text: unknown) => {
    if (typeof text === 'string' && text)
      parts.push({ type: 'reasoning-delta', id: 'reasoning', delta: text });
  };
  const addText = (text: unknown) => {
    if (typeof text === 'string' && text) parts.push({ type: 'text-delta', id: 'text', delta: text });
  };
  addReasoning(delta.reasoning_content ?? delta.reasoning);
  if (!Array.isArray(delta.content)) addText(delta.content);
  else {
    // Mistral sends a list of pieces: text, or thoughts that are lists of text.
    for (const piece of delta.content.filter(isObject)) {
      if (piece.type === 'text') addText(piece.text);
      else if (piece.type === 'thinking' && Array.isArray(piece.thinking))
        for (const thought of piece.thinking.filter(isObject)) addReasoning(thought.text);
    }
  }
  // OpenAI sends a refusal instead of content.
  addText(delta.refusal);
  return parts;
}

const malformed = (value: unknown): Part => ({
  type: 'error',
  error: new TypeValidationError({ value, cause: 'not a chunk of chat completions' }),
});

const isReadable = (content: unknown): boolean =>
  content === undefined || content === null || typeof content === 'string' || Array.isArray(content);
