import { describe, expect, it } from 'vitest';
import { addressOf } from './connect';
import { PROVIDERS } from './providers';

const addressFor = (id: string, baseUrl: string) => {
  const row = PROVIDERS.find((one) => one.id === id);
  if (!row) throw new Error(`no row ${id}`);
  return addressOf(row, baseUrl);
};

describe('the address of a vendor', () => {
  it.each([
    ['openai', 'http://host:1/v1/', 'http://host:1/v1'],
    ['openai', 'http://host:1', 'http://host:1'],
    ['ollama', 'http://host:11434', 'http://host:11434/v1'],
    ['ollama', 'http://host:11434/proxy/v1', 'http://host:11434/proxy/v1'],
  ])('of %s, given as %s, is %s', (id, given, url) => {
    expect(addressFor(id, given)).toEqual({ url, headers: {} });
  });

  it('has no name and password in it: they are a header', () => {
    expect(addressFor('openai', 'https://me:p%40ss@host/v1')).toEqual({
      url: 'https://host/v1',
      headers: { Authorization: `Basic ${btoa('me:p@ss')}` },
    });
  });
});
