import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ModelInfo } from '@/lib/chat/model-info';
import { ModelChooser } from './model-chooser';

const model = (id: string, providerName?: string): ModelInfo => ({
  id,
  provider: id.split(':')[0] ?? '',
  providerName,
  name: id.split(':')[1] ?? '',
  vision: false,
  reasoning: false,
  imageGeneration: false,
  contextTokens: 1,
});
const groupsOf = (models: ModelInfo[]) =>
  [
    ...renderToStaticMarkup(<ModelChooser models={models} chosen={null} choose={() => {}} />).matchAll(
      /<optgroup label="([^"]*)">(.*?)<\/optgroup>/g,
    ),
  ].map(([, label, options = '']) => [label, options.match(/<option/g)?.length]);

it('names providers as people call them, not by their ids', () => {
  const models = [model('openai:a', 'OpenAI'), model('qianwen:b', 'Qwen'), model('openai:c', 'OpenAI')];
  expect(groupsOf(models)).toEqual([
    ['OpenAI', 2],
    ['Qwen', 1],
  ]);
});

it('falls back to the id with the answer of an older server', () => {
  expect(groupsOf([model('kimi:a')])).toEqual([['kimi', 1]]);
});
