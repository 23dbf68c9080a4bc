import { describe, expect, it } from 'vitest';
import { openCatalog } from './catalog';
import type { ModelSettings } from './model-settings';

const TODAY = '2026-11-26';
const open = (settings: ModelSettings, today = TODAY) =>
  openCatalog(settings, { ollamaAddress: 'http://127.0.0.1:9/v1', today });
const withDefault = (
  defaultModel: string,
  providers: ModelSettings['providers'] = { openai: { apiKey: 'k' } },
) => open({ providers, defaultModel });

describe('a default model', () => {
  it.each([
    ['openai:gpt-54', 'Did you mean openai:gpt-5.4?'],
    ['openai:gtp-5.4-mini', 'Did you mean openai:gpt-5.4-mini?'],
    ['openai:GPT-5.4', 'Did you mean openai:gpt-5.4?'],
    ['openai:something-else', 'is none of the models that Confab knows of OpenAI'],
  ])('%s that nobody knows is named, and used as it is', async (id, said) => {
    const catalog = await withDefault(id);
    expect(catalog.problems.join()).toContain(`DEFAULT_MODEL (${id})`);
    expect(catalog.problems.join()).toContain(said);
    expect(catalog.defaultModel()).toBe(id);
  });

  it.each([
    ['opnai:gpt-5.4', 'opnai is not the name of one. Did you mean openai:gpt-5.4?'],
    ['qwen:qwen-plus', 'qwen is not the name of one.'],
    ['kimi:kimi-k3', 'set KIMI_API_KEY. openai:gpt-5.4 is used instead'],
    ['constructor:x', 'constructor is not the name of one.'],
  ])('%s of a provider that is not there is named, and another is used', async (id, said) => {
    const catalog = await withDefault(id);
    expect(catalog.problems.join()).toContain(said);
    expect(catalog.defaultModel()).toBe('openai:gpt-5.4');
  });

  it.each<[string, ModelSettings['providers']]>([
    ['openai:gpt-5.4', { openai: { apiKey: 'k' } }],
    // Known by its price.
    ['openai:gpt-6.1-terra', { openai: { apiKey: 'k' } }],
    ['openai:mine', { openai: { apiKey: 'k', models: ['mine'] } }],
    ['openai:anything', { openai: { apiKey: 'k', baseUrl: 'http://127.0.0.1:9/v1' } }],
    ['demo:demo', {}],
  ])('%s that is fine is not mentioned', async (id, providers) => {
    const catalog = await withDefault(id, providers);
    expect([catalog.problems, catalog.defaultModel()]).toEqual([[], id]);
  });
});

describe('a retired model', () => {
  const deepseek = { deepseek: { apiKey: 'k' } };

  it('as the default is replaced by its successor, which is said', async () => {
    const catalog = await withDefault('deepseek:deepseek-v4-flash', deepseek);
    expect(catalog.defaultModel()).toBe('deepseek:deepseek-flash');
    expect(catalog.problems).toEqual([
      'DEFAULT_MODEL: DeepSeek has retired deepseek-v4-flash; deepseek:deepseek-flash is used instead.',
    ]);
  });

  it('in a list of models is replaced, once, and said', async () => {
    const models = ['deepseek-v4-flash', 'deepseek-flash', 'own'];
    const catalog = await open({ providers: { deepseek: { apiKey: 'k', models } } });
    expect(catalog.list().map(({ name }) => name)).toEqual(['deepseek-flash', 'own']);
    expect(catalog.problems.join()).toContain('DEEPSEEK_MODELS: DeepSeek has retired deepseek-v4-flash');
  });

  it('that a browser or a script still asks for is answered by its successor', async () => {
    expect((await open({ providers: deepseek })).find('deepseek:deepseek-v4-flash')).toMatchObject({
      id: 'deepseek:deepseek-flash',
    });
  });

  it('is used until its day, which is said, and replaced from then on', async () => {
    const settings = { providers: { openai: { apiKey: 'k', models: ['gpt-4o-mini'] } } };
    const before = await open(settings, '2027-01-13');
    expect([before.defaultModel(), before.problems]).toEqual([
      'openai:gpt-4o-mini',
      ['OPENAI_MODELS: OpenAI retires gpt-4o-mini on 2027-01-14. Set gpt-6-luna before that.'],
    ]);
    const after = await open(settings, '2027-01-14');
    expect(after.defaultModel()).toBe('openai:gpt-6-luna');
  });

  it('of our own list is replaced without a word', async () => {
    const catalog = await open({ providers: { openai: { apiKey: 'k' } } }, '2027-02-01');
    expect(catalog.list().map(({ name }) => name)).toEqual([
      'gpt-5.4',
      'gpt-5.4-mini',
      'gpt-6.1-terra',
      'gpt-6-luna',
    ]);
    expect(catalog.problems).toEqual([]);
  });

  it('at another server is left alone', async () => {
    const baseUrl = 'http://127.0.0.1:9/v1';
    const providers = { deepseek: { apiKey: 'k', baseUrl, models: ['deepseek-v4-flash'] } };
    const catalog = await withDefault('deepseek:deepseek-v4-flash', providers);
    expect([catalog.defaultModel(), catalog.problems]).toEqual(['deepseek:deepseek-v4-flash', []]);
  });
});

describe('a key', () => {
  it.each(['"sk-abc"', 'Bearer sk-abc', 'your-key', 'sk-...', 'sk-abc def', '<key>', 'sk-xxxx', '‘sk-abc’'])(
    '%s looks like none, which is said by the name of its variable and without its value',
    async (apiKey) => {
      const { problems } = await open({ providers: { kimi: { apiKey } } });
      expect(problems).toEqual([
        'KIMI_API_KEY does not look like a key: was it copied with something around it?',
      ]);
    },
  );

  it.each(['sk-abc', 'k', 'sk-proj-A_b-9', 'a.b.c'])('%s is not mentioned', async (apiKey) => {
    expect((await open({ providers: { kimi: { apiKey } } })).problems).toEqual([]);
  });
});
