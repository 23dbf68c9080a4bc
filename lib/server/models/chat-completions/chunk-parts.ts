import { JSONParseError, type LanguageModelV4StreamPart, TypeValidationError } from '@ai-sdk/provider';
import { outcomeOf } from './chunk-outcome';

type Part = LanguageModelV4StreamPart;
type Fields = Record<string, unknown>;

/**
 * What one chunk of chat completions says: its reasoning, then its text. The chunk itself (`raw`) comes first where
 * it says more than that: an error, the finish reason, the counts. A chunk of another form is an `error` part.
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
  const noted: Part[] = finishReason || usage ? [{ type: 'raw', rawValue: chunk }] : [];
  if (!isObject(chunk) || !Array.isArray(chunk.choices)) return [malformed(chunk)];
  const choice: unknown = chunk.choices[0];
  const delta = isObject(choice) ? choice.delta : undefined;
  if (delta === undefined || delta === null) return noted;
  if (!isObject(delta) || !isReadable(delta.content)) return [malformed(chunk)];
  return [...noted, ...deltaParts(delta)];
}

function deltaParts(delta: Fields): Part[] {
  const parts: Part[] = [];
  const think = (text: unknown) => {
    if (typeof text === 'string' && text)
      parts.push({ type: 'reasoning-delta', id: 'reasoning', delta: text });
  };
  const say = (text: unknown) => {
    if (typeof text === 'string' && text) parts.push({ type: 'text-delta', id: 'text', delta: text });
  };
  think(delta.reasoning_content ?? delta.reasoning);
  if (!Array.isArray(delta.content)) say(delta.content);
  else {
    // Mistral's form: pieces that are text, or thoughts made of text.
    for (const piece of delta.content.filter(isObject)) {
      if (piece.type === 'text') say(piece.text);
      else if (piece.type === 'thinking' && Array.isArray(piece.thinking))
        for (const thought of piece.thinking.filter(isObject)) think(thought.text);
    }
  }
  // A refusal stands in the place of the words.
  say(delta.refusal);
  return parts;
}

const malformed = (value: unknown): Part => ({
  type: 'error',
  error: new TypeValidationError({ value, cause: 'not a chunk of chat completions' }),
});

const isReadable = (content: unknown): boolean =>
  content === undefined || content === null || typeof content === 'string' || Array.isArray(content);

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
