import { type ListedPrice, listed } from './price';

/**
 * What differs between providers. The patterns match model ids, so they also work for models that only the
 * user's settings name.
 */
export interface ProviderRow {
  /** In capitals, also the prefix of its environment variables: so no hyphen. */
  id: string;
  name: string;
  /** The provider's own OpenAI-compatible address. Null for OpenAI, whose Responses API is used instead. */
  baseUrl: string | null;
  /** The models to offer if the settings list none. */
  models: readonly string[];
  vision: RegExp;
  reasoning: RegExp;
  imageGeneration: RegExp;
  /** The token budget of a prompt, unless the model's id contains its window, such as `-32k` (`budgetOf`). */
  contextTokens: number;
  /**
   * By model, at the dearest hour of the day, and without a discount for cached tokens: a limit of cost is rather reached
   * too early. A model without a price has no limit of cost: none is guessed.
   */
  prices?: Readonly<Record<string, ListedPrice>>;
  /**
   * Models that the provider has retired or will retire at its own address, with the first day without them (none: already
   * retired) and the successor.
   */
  retired?: Readonly<Record<string, { from?: string; successor: string }>>;
  /** How to ask the server for its models if the settings list none. */
  listsModels?: 'ollama';
  /** Added to an address without a path, which is how the provider's own tools write it. */
  defaultPath?: string;
}

const NEVER = /(?!)/;

/**
 * The first configured provider supplies the default model. To add a provider, add a row, and its variables
 * to the docs.
 */
export const PROVIDERS = [
  {
    id: 'openai',
    name: 'OpenAI',
    baseUrl: null,
    models: ['gpt-5.4', 'gpt-5.4-mini', 'gpt-4.1', 'gpt-4o-mini'],
    // A prompt of more than 272,000 tokens costs more: ours have at most `contextTokens`.
    prices: {
      ...listed(
        { source: 'published by OpenAI', asOf: '2026-11-25' },
        {
          'gpt-6.1-sol': { input: 2, output: 10 },
          'gpt-6.1-terra': { input: 1, output: 5 },
          'gpt-6-luna': { input: 0.1, output: 0.5 },
        },
      ),
      // Older models, until OpenAI ends them on 2027-01-14.
      ...listed(
        { source: 'openai.com/api/pricing', asOf: '2026-11-25', isUnverified: true },
        { 'gpt-4.1': { input: 2, output: 8 }, 'gpt-4o-mini': { input: 0.15, output: 0.6 } },
      ),
    },
    // As of 2026-11-25, by OpenAI's deprecations.
    retired: {
      'gpt-4.1': { from: '2027-01-14', successor: 'gpt-6.1-terra' },
      'gpt-4o-mini': { from: '2027-01-14', successor: 'gpt-6-luna' },
      'gpt-5': { from: '2026-12-11', successor: 'gpt-6.1-sol' },
    },
    vision: /^(gpt-(4o|4\.1|[5-9])|chatgpt-|o[134]\b)|vision|[-_]vl/i,
    reasoning: /^(gpt-[5-9]|o[134]\b)|reason|think|deepseek-r/i,
    imageGeneration: /^(gpt-image|dall-e)/i,
    contextTokens: 64_000,
  },
  {
    id: 'deepseek',
    name: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com/v1',
    models: ['deepseek-flash', 'deepseek-v4-pro'],
    retired: { 'deepseek-v4-flash': { successor: 'deepseek-flash' } },
    // Those of peak hours, which are twice the others.
    prices: listed(
      { source: 'api-docs.deepseek.com/quick_start/pricing', asOf: '2026-11-25' },
      {
        'deepseek-flash': { input: 0.3, output: 1.2 },
        'deepseek-v4-flash': { input: 0.3, output: 1.2 },
        'deepseek-v4-pro': { input: 1.32, output: 3.96 },
      },
    ),
    vision: /-vl|vision|v4\.\d+-flash|^deepseek-flash/i,
    reasoning: /reasoner|-r\d|-v[4-9]|think|^deepseek-flash/i,
    imageGeneration: NEVER,
    contextTokens: 48_000,
  },
  {
    id: 'qianwen',
    name: 'Qwen',
    baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    models: ['qwen3.7-plus', 'qwen3.7-max', 'qwen-plus', 'qwen3-vl-plus'],
    prices: listed(
      { source: 'published by Alibaba Cloud', asOf: '2026-11-25' },
      { 'qwen3.8-max': { input: 2, output: 6 } },
    ),
    vision: /-vl|qvq|omni|^qwen3\.[5-9]-(plus|flash)/i,
    reasoning: /^qw(q|en3)|^qvq|think|deepseek-r/i,
    imageGeneration: /^(qwen-image|wan)/i,
    contextTokens: 48_000,
  },
  {
    id: 'doubao',
    name: 'Doubao',
    baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
    // Its prices are in CNY, and shown on its console only.
    models: ['doubao-seed-2-0-pro-260215', 'doubao-seed-1-8-251228', 'doubao-seed-1-6-flash-250828'],
    vision: /vision|-vl|^doubao-seed-[1-9]-\d/i,
    reasoning: /^doubao-seed-[1-9]-\d|think|deepseek-r/i,
    imageGeneration: /seedream/i,
    contextTokens: 48_000,
  },
  {
    id: 'kimi',
    name: 'Kimi',
    baseUrl: 'https://api.moonshot.cn/v1',
    models: ['kimi-k2.6', 'kimi-k2.5', 'moonshot-v1-32k', 'moonshot-v1-32k-vision-preview'],
    prices: {
      ...listed(
        { source: 'published by Moonshot AI', asOf: '2026-11-25' },
        { 'kimi-k3': { input: 3, output: 15 } },
      ),
      ...listed(
        { source: 'a third party', asOf: '2026-11-25', isUnverified: true },
        { 'kimi-k3.1-pro': { input: 2, output: 10 } },
      ),
    },
    vision: /vision|^kimi-(k2\.[5-9]|k[3-9])/i,
    reasoning: /think|^kimi-(k2\.[5-9]|k[3-9])/i,
    imageGeneration: NEVER,
    contextTokens: 48_000,
  },
  {
    id: 'ollama',
    name: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    models: ['qwen3:8b', 'llama3.2', 'gemma3'],
    vision: /llava|vision|-vl|vl:|moondream|minicpm-v|gemma3|^llama4/i,
    reasoning: /deepseek-r|^qw(q|en3)|gpt-oss|think|magistral/i,
    imageGeneration: NEVER,
    // Ollama silently cuts a prompt at its `num_ctx`, 4,096 tokens by default.
    contextTokens: 3_000,
    listsModels: 'ollama',
    defaultPath: '/v1',
  },
] as const satisfies readonly ProviderRow[];

export type ProviderId = (typeof PROVIDERS)[number]['id'];

/**
 * The token budget of a prompt: three quarters of the window in the model's id (`moonshot-v1-32k`; a k is
 * 1,024 tokens), which leaves room for the reply; without one, the budget of the row.
 */
export function budgetOf(row: ProviderRow, model: string): number {
  const windowK = /-(\d{1,4})k(?![a-z0-9])/i.exec(model)?.[1];
  return windowK ? Math.floor(Number(windowK) * 1024 * 0.75) : row.contextTokens;
}
