import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { openCatalog } from './catalog';
import { PROVIDERS } from './providers';

let ollama: FakeOpenAI;
let nobody: string;

beforeAll(async () => {
  ollama = await startFakeOpenAI();
  const gone = await startFakeOpenAI();
  nobody = gone.baseUrl;
  await gone.close();
});
afterAll(() => ollama.close());

const idsOf = (catalog: Awaited<ReturnType<typeof openCatalog>>) => catalog.list().map(({ id }) => id);

describe('the catalog of models', () => {
  it('offers the demo model when no provider has a key or an address', async () => {
    const catalog = await openCatalog(
      { providers: { openai: { models: ['gpt-x'] } } },
      { ollamaAddress: nobody },
    );
    expect(idsOf(catalog)).toEqual(['demo:demo']);
    expect(catalog).toMatchObject({ demo: true, problems: [] });
    expect(catalog.defaultModel()).toBe('demo:demo');
    expect(catalog.configuredProviders()).toEqual([]);
    expect(catalog.find('openai:gpt-x')).toBe('not_configured');
    expect(catalog.find('nobody:gpt-x')).toBe('unknown');
    expect(catalog.find('gpt-x')).toBe('unknown');
  });

  it('finds a local Ollama and lists its models, without embedding models', async () => {
    const catalog = await openCatalog({ providers: {} }, { ollamaAddress: ollama.baseUrl });
    expect(idsOf(catalog)).toContain('ollama:fake-plain');
    expect(idsOf(catalog).join()).not.toContain('embed');
    expect(catalog).toMatchObject({ demo: false });
    expect(catalog.configuredProviders()).toEqual(['ollama']);
    expect(catalog.find('demo:demo')).toBe('not_configured');
  });

  it('does not look for an Ollama when a provider is configured', async () => {
    const catalog = await openCatalog(
      { providers: { deepseek: { apiKey: 'k' } } },
      { ollamaAddress: ollama.baseUrl },
    );
    expect(catalog.configuredProviders()).toEqual(['deepseek']);
    expect(idsOf(catalog)).toEqual(['deepseek:deepseek-flash', 'deepseek:deepseek-v4-pro']);
    expect(catalog.defaultModel()).toBe('deepseek:deepseek-flash');
  });

  it('counts a provider as configured if it has a key or an address', async () => {
    for (const { id } of PROVIDERS) {
      const byKey = await openCatalog({ providers: { [id]: { apiKey: 'k', models: ['m'] } } });
      const byAddress = await openCatalog({ providers: { [id]: { baseUrl: nobody, models: ['m'] } } });
      expect([byKey.configuredProviders(), byAddress.configuredProviders()]).toEqual([[id], [id]]);
    }
  });

  it('uses the Responses API of OpenAI itself, and chat completions at any other address', async () => {
    const own = await openCatalog({ providers: { openai: { apiKey: 'k', models: ['m'] } } });
    const other = await openCatalog({ providers: { openai: { baseUrl: nobody, models: ['m'] } } });
    expect(own.languageModel('openai:m')?.provider).toBe('openai.responses');
    expect(other.languageModel('openai:m')?.provider).toBe('openai.chat');
  });

  it('splits an id at its first colon, because model names contain colons', async () => {
    const catalog = await openCatalog({ providers: { ollama: { baseUrl: nobody, models: ['qwen3:8b'] } } });
    expect(catalog.find('ollama:qwen3:8b')).toMatchObject({
      name: 'qwen3:8b',
      provider: 'ollama',
      reasoning: true,
    });
    expect(catalog.languageModel('ollama:qwen3:8b')?.modelId).toBe('qwen3:8b');
  });

  it('offers only the listed models of a provider', async () => {
    const catalog = await openCatalog({
      providers: { kimi: { apiKey: 'k', models: ['a', 'b', 'a'] } },
    });
    expect(idsOf(catalog)).toEqual(['kimi:a', 'kimi:b']);
    expect(catalog.find('kimi:c')).toBe('unknown');
    expect(catalog.languageModel('kimi:c')).toBeNull();
  });

  it('offers the default model even if the list lacks it', async () => {
    const catalog = await openCatalog({
      providers: { openai: { apiKey: 'k', models: ['a'] }, kimi: { apiKey: 'k', models: ['b'] } },
      defaultModel: 'kimi:new',
    });
    expect(idsOf(catalog)).toEqual(['openai:a', 'kimi:b', 'kimi:new']);
    expect(catalog.defaultModel()).toBe('kimi:new');
  });

  it('still calls itself a demo when the demo is the default model by name', async () => {
    const settings = { providers: {}, defaultModel: 'demo:demo' };
    expect(await openCatalog(settings, { ollamaAddress: nobody })).toMatchObject({
      demo: true,
      problems: [],
    });
  });

  it('reports a default model that it cannot offer, and uses another', async () => {
    const catalog = await openCatalog({
      providers: { openai: { apiKey: 'k', models: ['a'] } },
      defaultModel: 'doubao:x',
    });
    expect(catalog.defaultModel()).toBe('openai:a');
    expect(catalog.problems.join(' ')).toMatch(/DEFAULT_MODEL \(doubao:x\)/);
  });

  it('takes the token budget from the settings, the model’s name or the provider’s row', async () => {
    const providers = { kimi: { apiKey: 'k', models: ['moonshot-v1-32k', 'kimi-k3'] } };
    const catalog = await openCatalog({ providers });
    expect(catalog.contextTokens('kimi:moonshot-v1-32k')).toBe(24_576);
    expect(catalog.contextTokens('kimi:kimi-k3')).toBe(48_000);
    expect((await openCatalog({ providers, contextTokens: 900 })).contextTokens('kimi:kimi-k3')).toBe(900);
  });

  it.each([
    ['openai', 'gpt-5.4', { vision: true, reasoning: true, imageGeneration: false }],
    ['openai', 'gpt-4o-mini', { vision: true, reasoning: false }],
    ['openai', 'gpt-image-2', { imageGeneration: true }],
    ['deepseek', 'deepseek-flash', { vision: true, reasoning: true }],
    ['deepseek', 'deepseek-v4-pro', { vision: false, reasoning: true }],
    ['deepseek', 'deepseek-chat', { vision: false, reasoning: false }],
    ['qianwen', 'qwen3-vl-plus', { vision: true }],
    ['qianwen', 'qwen-plus', { vision: false, reasoning: false }],
    ['doubao', 'doubao-seed-1-6-flash-250828', { vision: true, reasoning: true }],
    ['doubao', 'doubao-seedream-5-0', { vision: false, imageGeneration: true }],
    ['kimi', 'moonshot-v1-32k-vision-preview', { vision: true, reasoning: false }],
    ['ollama', 'llava:13b', { vision: true, reasoning: false }],
  ])('knows the abilities of %s:%s', async (provider, model, abilities) => {
    const catalog = await openCatalog({ providers: { [provider]: { apiKey: 'k', models: [model] } } });
    expect(catalog.find(`${provider}:${model}`)).toMatchObject(abilities);
  });
});
