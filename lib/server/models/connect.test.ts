import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressOf, connect } from './connect';
import { PROVIDERS } from './providers';

const rowOf = (id: string) => {
  const row = PROVIDERS.find((one) => one.id === id);
  if (!row) throw new Error(`no row ${id}`);
  return row;
};
const addressFor = (id: string, baseUrl: string) => addressOf(rowOf(id), baseUrl);

describe('the address of a provider', () => {
  it.each([
    ['openai', 'http://host:1/v1/', 'http://host:1/v1'],
    ['openai', 'http://host:1', 'http://host:1'],
    ['ollama', 'http://host:11434', 'http://host:11434/v1'],
    ['ollama', 'http://host:11434/proxy/v1', 'http://host:11434/proxy/v1'],
  ])('of %s, set as %s, is %s', (id, given, url) => {
    expect(addressFor(id, given)).toEqual({ url, headers: {} });
  });

  it('has its user name and password moved to a header', () => {
    expect(addressFor('openai', 'https://me:p%40ss@host/v1')).toEqual({
      url: 'https://host/v1',
      headers: { Authorization: `Basic ${btoa('me:p@ss')}` },
    });
  });
});

describe('OpenAI itself', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is called with the key and asked to store nothing', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>().mockResolvedValue(new Response('{}', { status: 401 }));
    vi.stubGlobal('fetch', fetch);
    const model = connect(rowOf('openai'), { apiKey: 'sk-key' })?.('gpt-x');
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hello' }] }];
    await expect(model?.doStream({ prompt })).rejects.toThrow();
    const [url, request] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('https://api.openai.com/v1/responses');
    expect(request?.redirect).toBe('manual');
    expect(new Headers(request?.headers).get('authorization')).toBe('Bearer sk-key');
    expect(JSON.parse(String(request?.body))).toMatchObject({ model: 'gpt-x', store: false, stream: true });
  });
});
