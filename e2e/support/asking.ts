import type { FakeOpenAI } from './fake-openai/fake-openai';

/** How to reach the fake model server, as the environment of an app server. */
export const asking = (fake: FakeOpenAI): Record<string, string> => ({
  OPENAI_API_KEY: 'sk-test',
  OPENAI_BASE_URL: fake.baseUrl,
  OPENAI_MODELS: 'fake-plain,fake-reasoning',
});
