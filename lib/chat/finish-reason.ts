/**
 * Why a model ended its reply. `tool_calls`: it asked for a tool, and this server has none. `other`: for a
 * reason that is not in the table below.
 */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other';

/** What providers call each reason, in lower case and with underscores. A name without a note is OpenAI's. */
const BY_PROVIDER_NAME: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  stop_sequence: 'stop', // Anthropic, Hugging Face
  end_turn: 'stop', // Anthropic
  eos: 'stop', // Together
  eos_token: 'stop', // Hugging Face
  complete: 'stop', // Cohere
  completed: 'stop', // OpenAI's Responses API
  length: 'length',
  max_output_tokens: 'length', // OpenAI's Responses API
  max_tokens: 'length', // Anthropic, Gemini, Cohere
  model_length: 'length', // Mistral
  model_context_window_exceeded: 'length', // Anthropic, Zhipu
  content_filter: 'content_filter',
  content_filtered: 'content_filter', // Amazon
  guardrail_intervened: 'content_filter', // Amazon
  error_toxic: 'content_filter', // Cohere
  refusal: 'content_filter', // Anthropic
  sensitive: 'content_filter', // Zhipu
  safety: 'content_filter', // Gemini, here and below
  image_safety: 'content_filter',
  recitation: 'content_filter',
  blocklist: 'content_filter',
  prohibited_content: 'content_filter',
  spii: 'content_filter',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  tool_call: 'tool_calls', // Cohere
  tool_use: 'tool_calls', // Anthropic, Amazon
};

/**
 * Reads a finish reason as a provider, the AI SDK (`content-filter`) or an older version of this server
 * spelled it: turns stored before the union was closed have any of these names.
 */
export function toFinishReason(name: string): FinishReason {
  const key = name.toLowerCase().replaceAll('-', '_');
  return Object.hasOwn(BY_PROVIDER_NAME, key) ? (BY_PROVIDER_NAME[key] ?? 'other') : 'other';
}
