import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../language';
import { failureText } from './failure-text';
import { stringsFor } from './index';
import { turnFooterStrings } from './turn-footer';
import { turnMenuStrings } from './turn-menu';

/** Every path that leads to a string or a function, with the value. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

/** All of them, those that come later too. */
const allWords = (language: Language) => ({
  ...stringsFor(language),
  turnFooter: turnFooterStrings(language),
  turnMenu: turnMenuStrings(language),
});

describe('the words', () => {
  const english = leaves(allWords('en'));

  it.each(LANGUAGES)('%s has the same keys as English, and no empty string', (language) => {
    const own = leaves(allWords(language));
    expect(own.map(([path]) => path)).toEqual(english.map(([path]) => path));
    expect(own.filter(([, value]) => typeof value === 'string' && value.trim() === '')).toEqual([]);
  });

  it('are not the English ones left in place', () => {
    const same = leaves(allWords('zh')).filter(
      ([path, value]) => typeof value === 'string' && english.some(([p, v]) => p === path && v === value),
    );
    expect(same.map(([path]) => path)).toEqual(['.app.name', '.rail.languages.en', '.rail.languages.zh']);
  });

  it('say a date in the language, with the year only when it is far', () => {
    const now = Date.UTC(2026, 10, 22, 12);
    const soon = Date.UTC(2026, 11, 22, 12);
    expect(stringsFor('en').header.keptUntil(soon, now)).toBe('kept until 22 Dec');
    expect(stringsFor('zh').header.keptUntil(soon, now)).toBe('保留至 12月22日');
    expect(stringsFor('en').header.keptUntil(Date.UTC(2028, 0, 2, 12), now)).toBe('kept until 2 Jan 2028');
  });

  it.each([
    [400, 'Thought for 1 s'],
    [4_200, 'Thought for 4 s'],
    [65_000, 'Thought for 1 min 5 s'],
  ])('say %d ms of thought as "%s"', (ms, text) => {
    expect(stringsFor('en').turn.thoughtFor(ms)).toBe(text);
  });
});

describe('failureText', () => {
  it('says what happened, what was kept and what to do, by the reason where there is one', () => {
    expect(failureText(stringsFor('en'), { code: 'model_failed', reason: 'cut' }, 'partial')).toBe(
      'The connection to the model broke off in the middle. What had arrived is kept. Try again for a whole reply.',
    );
  });

  it('tells how long to wait when the provider said so', () => {
    const failure = { code: 'model_failed', reason: 'rate_limited', retryAfterMs: 19_200 } as const;
    expect(failureText(stringsFor('en'), failure, 'message')).toMatch(/Try again in 20 s\.$/);
    expect(failureText(stringsFor('zh'), failure, 'message')).toMatch(/请在 20 秒后再试。$/);
  });

  it('tells a store that cannot be reached from a model that cannot', () => {
    const of = (code: 'model_failed' | 'store_unavailable') =>
      failureText(stringsFor('en'), { code, reason: 'unreachable' }, 'history');
    expect(of('model_failed')).toContain('The model’s server could not be reached.');
    expect(of('store_unavailable')).toContain('The place where conversations are kept cannot be reached.');
  });

  it('has words for what only a browser knows', () => {
    expect(failureText(stringsFor('zh'), { code: 'offline' }, 'unsent')).toBe(
      '你现在处于离线状态。你的消息保留在这里，尚未发送。联网后再试。',
    );
  });
});
