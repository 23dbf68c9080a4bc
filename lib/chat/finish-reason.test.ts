import { describe, expect, it } from 'vitest';
import { type FinishReason, toFinishReason } from './finish-reason';

const SPELLINGS: Record<FinishReason, string[]> = {
  stop: ['stop', 'STOP', 'end_turn', 'stop_sequence', 'eos', 'eos_token', 'COMPLETE'],
  length: ['length', 'max_tokens', 'MAX_TOKENS', 'max_output_tokens', 'model_length'],
  content_filter: ['content_filter', 'content-filter', 'SAFETY', 'RECITATION', 'sensitive', 'refusal'],
  tool_calls: ['tool_calls', 'tool-calls', 'function_call', 'tool_use'],
  other: ['other', 'unknown', '', 'load', 'constructor', '__proto__'],
};

describe('toFinishReason', () => {
  it.each(Object.entries(SPELLINGS).flatMap(([reason, names]) => names.map((name) => [name, reason])))(
    'reads %j as %s',
    (name, reason) => expect(toFinishReason(name)).toBe(reason),
  );

  it.each(Object.keys(SPELLINGS))('leaves its own %s as it is', (reason) =>
    expect(toFinishReason(reason)).toBe(reason),
  );
});
