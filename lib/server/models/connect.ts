// First, for what it does to empty variables.
import '../env';

import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { ProviderV4 } from '@ai-sdk/provider';
import { defaultSettingsMiddleware, wrapProvider } from 'ai';
import { ChatCompletionsModel } from './chat-completions/chat-completions-model';
import type { ProviderSettings } from './model-settings';
import type { ProviderRow } from './providers';

/** A vendor with an address or a key: it can be asked. null: nothing was set for it. */
export function connect(row: ProviderRow, settings: ProviderSettings | undefined): ProviderV4 | null {
  const apiKey = settings?.apiKey?.trim() || undefined;
  const given = settings?.baseUrl?.trim() || undefined;
  if (!apiKey && !given) return null;
  const baseUrl = given ?? row.baseUrl;
  return baseUrl ? connectCompatible(row, baseUrl, apiKey) : connectOpenAI(apiKey);
}

/** OpenAI itself, through its Responses API; nothing is kept there. */
function connectOpenAI(apiKey: string | undefined): ProviderV4 {
  // Without an explicit address the package would read an empty OPENAI_BASE_URL from the environment.
  const provider = createOpenAI({ apiKey, baseURL: 'https://api.openai.com/v1' });
  const settings = { providerOptions: { openai: { store: false } } };
  return wrapProvider({ provider, languageModelMiddleware: defaultSettingsMiddleware({ settings }) });
}

function connectCompatible(row: ProviderRow, baseUrl: string, apiKey: string | undefined): ProviderV4 {
  const { url, headers } = addressOf(row, baseUrl);
  const address = {
    provider: row.id,
    baseUrl: url,
    headers: apiKey ? { Authorization: `Bearer ${apiKey}` } : headers,
  };
  const { embeddingModel, imageModel } = createOpenAICompatible({
    name: row.id,
    baseURL: url,
    headers: address.headers,
  });
  return {
    specificationVersion: 'v4',
    languageModel: (modelId) => new ChatCompletionsModel(modelId, address),
    embeddingModel,
    imageModel,
  };
}

/** `fetch` refuses an address with a name and a password in it: they become a header. */
export function addressOf(
  row: ProviderRow,
  baseUrl: string,
): { url: string; headers: Record<string, string> } {
  const url = new URL(baseUrl);
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  if (url.pathname === '/' && row.defaultPath) url.pathname = row.defaultPath;
  return {
    url: url.href.replace(/\/+$/, ''),
    headers:
      credentials === ':' ? {} : { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  };
}
