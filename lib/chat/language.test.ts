import { describe, expect, it } from 'vitest';
import { negotiateLanguage } from './language';

describe('negotiateLanguage', () => {
  it.each([
    [null, 'en'],
    ['', 'en'],
    ['zh', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['zh-Hant-TW', 'zh'],
    ['ZH-cn', 'zh'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['en;q=0.3, zh;q=0.7', 'zh'],
    ['fr-FR,fr;q=0.9,zh;q=0.2,en;q=0.1', 'zh'],
    ['fr, de;q=0.5', 'en'],
    ['en;q=0, *', 'zh'],
    ['zh;q=0', 'en'],
    ['*', 'en'],
    ['zh;q=nonsense', 'en'],
    ['zh;q=2, en;q=0.1', 'en'],
    ['en;q=0.5,zh;q=0.5', 'en'],
    [';;;,,,=', 'en'],
  ])('%j gives %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language);
  });
});
