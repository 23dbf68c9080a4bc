// The package's main entry reads OPENAI_BASE_URL while it loads, and throws if it is empty, as in a copied
// `.env.local.example`. This entry has the same model and reads nothing.
import { OpenAIResponsesLanguageModel } from '@ai-sdk/openai/internal';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai';
import { ChatCompletionsModel } from './chat-completions/chat-completions-model';
import type { ProviderSettings } from './model-settings';
import type { ProviderRow } from './providers';

/** Makes the model with this id, as the provider calls it. */
export type ModelFactory = (modelId: string) => LanguageModelV4;

/** How to call a provider's models; null if neither a key nor an address is set for it. */
export function connect(row: ProviderRow, settings: ProviderSettings = {}): ModelFactory | null {
  const { apiKey, baseUrl = apiKey && row.baseUrl } = settings;
  if (baseUrl) return connectCompatible(row, baseUrl, apiKey);
  return apiKey ? connectOpenAI(apiKey) : null;
}

/** OpenAI's own address, through its Responses API; nothing is stored there. */
function connectOpenAI(apiKey: string): ModelFactory {
  const headers = { Authorization: `Bearer ${apiKey}` };
  const settings = { providerOptions: { openai: { store: false } } };
  const middleware = defaultSettingsMiddleware({ settings });
  return (modelId) => {
    const model = new OpenAIResponsesLanguageModel(modelId, {
      provider: 'openai.responses',
      url: ({ path }) => `https://api.openai.com/v1${path}`,
      headers,
      // The conversation goes to this host and to no other.
      fetch: (input, init) => fetch(input, { ...init, redirect: 'manual' }),
    });
    return wrapLanguageModel({ model, middleware });
  };
}

function connectCompatible(row: ProviderRow, baseUrl: string, apiKey: string | undefined): ModelFactory {
  const { url, headers } = addressOf(row, baseUrl);
  const address = {
    provider: row.id,
    baseUrl: url,
    headers: apiKey ? { Authorization: `Bearer ${apiKey}` } : headers,
  };
  return (modelId) => new ChatCompletionsModel(modelId, address);
}

/**
 * Splits the user name and password off an address, into a header: HTTP clients refuse them in the address.
 */
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
