import { describe, expect, it } from 'vitest';
import { readSettings } from '@/lib/server/env';
import { openCatalog } from '@/lib/server/models/catalog';
import { PROVIDERS, type ProviderRow } from '@/lib/server/models/providers';
import { priceWarnings } from './price-warnings';

async function warnings(variables: Record<string, string>) {
  const settings = readSettings(variables);
  return priceWarnings(settings.limits, await openCatalog(settings.models));
}

describe('a limit of cost', () => {
  const models = { OPENAI_API_KEY: 'k', OPENAI_MODELS: 'gpt-6.1-sol,gpt-4.1,my-model', KIMI_API_KEY: 'k' };

  it.each(['DAILY_COST', 'SERVER_DAILY_COST'])(
    'named %s warns of the models that it does not cover',
    async (setting) => {
      const [unlimited, uncertain] = await warnings({ ...models, [setting]: '5' });
      expect(unlimited).toMatchObject({
        event: 'cost_not_limited',
        models: expect.stringMatching(/^openai:my-model kimi:kimi-k2\.6 /),
        advice: expect.stringContaining('SERVER_DAILY_TOKENS'),
      });
      expect(uncertain).toMatchObject({ event: 'cost_uncertain', models: 'openai:gpt-4.1' });
    },
  );

  it('warns of nothing if it is not set, or if all prices are known', async () => {
    expect(await warnings(models)).toEqual([]);
    expect(await warnings({ ...models, DAILY_COST: '0', DAILY_TOKENS: '9' })).toEqual([]);
    expect(
      await warnings({ OPENAI_API_KEY: 'k', OPENAI_MODELS: 'gpt-6.1-sol,gpt-6-luna', DAILY_COST: '5' }),
    ).toEqual([]);
  });
});

it('does not warn of the demo, which costs nothing', () => {
  const { limits } = readSettings({ DAILY_COST: '5' });
  const one = {
    id: 'a:b',
    provider: 'a',
    name: 'b',
    vision: false,
    reasoning: false,
    imageGeneration: false,
    contextTokens: 1,
  };
  const catalog = { list: () => [one], priceOf: () => null };
  expect(priceWarnings(limits, { ...catalog, demo: true })).toEqual([]);
  expect(priceWarnings(limits, { ...catalog, demo: false })).toHaveLength(1);
});

it('every price has its source and date', () => {
  const rows: readonly ProviderRow[] = PROVIDERS;
  const prices = rows.flatMap(({ id, prices }) =>
    Object.entries(prices ?? {}).map(([model, price]) => ({ model: `${id}:${model}`, ...price })),
  );
  expect(prices.length).toBeGreaterThan(5);
  for (const { model, input, output, source, asOf, isUnverified } of prices) {
    expect(asOf, model).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(source === 'a third party' && !isUnverified, model).toBe(false);
    expect(input > 0 && output >= input, model).toBe(true);
  }
});
