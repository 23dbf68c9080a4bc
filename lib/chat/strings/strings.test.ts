import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMAGE_BYTES, IMAGE_PIXELS, IMAGES_PER_TURN } from '../image-limits';
import { LANGUAGES, type Language } from '../language';
import { CONTENT_LIMIT } from '../text/content';
import { accessStrings } from './access';
import { adminStrings } from './admin';
import { conversationListStrings } from './conversation-list';
import { failureText } from './failure-text';
import { count, megabytes } from './format';
import { guestStrings } from './guest';
import { imageNoteStrings } from './image-notes';
import { stringsFor } from './index';
import { markdownStrings } from './markdown';
import { overlayStrings } from './overlays';
import { stringsWithStorage } from './storage-failures';
import { turnFooterStrings } from './turn-footer';
import { turnMenuStrings } from './turn-menu';
import { unstyledText } from './unstyled';

const NAMES: Record<Language, string> = { en: 'Teacher', zh: 'AI 老师' };
/** These take the name of an assistant; every other function makes sense with numbers. */
const TAKES_NAME =
  /^\.(announcements|conversation\.label|conversationList\.title|composer\.label|guest\.(rename|signOutOf|signedOut))/;

/** Every path that leads to a string or a function, with the value. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

/** All strings of a language, those that load later too. */
const leavesOf = (language: Language) =>
  leaves({
    ...stringsWithStorage(language),
    conversationList: conversationListStrings(language),
    turnFooter: turnFooterStrings(language),
    turnMenu: turnMenuStrings(language),
    access: accessStrings(language),
    guest: guestStrings(language),
    overlays: overlayStrings(language),
    markdown: markdownStrings(language),
    imageNotes: imageNoteStrings(language),
    admin: adminStrings(language),
    unstyled: unstyledText(language),
  });

/** What the page shows for a leaf: the string itself, or what the function returns for several samples. */
function textsOf(language: Language, path: string, value: unknown): string[] {
  if (typeof value !== 'function') return [String(value)];
  const samples = TAKES_NAME.test(path) ? [NAMES[language]] : [0, 1, 2, 123_456];
  return samples.map((sample) => String(Reflect.apply(value, undefined, Array(4).fill(sample))));
}

/** The paths whose text matches the pattern: none, if the rule holds. */
const matching = (language: Language, pattern: RegExp, except?: RegExp): string[] =>
  leavesOf(language)
    .filter(([path]) => !except?.test(path))
    .flatMap(([path, value]) => textsOf(language, path, value).map((text) => `${path}: ${text}`))
    .filter((line) => pattern.test(line.slice(line.indexOf(': ') + 2)));

/** `Intl` writes 12月22日 without spaces; `uploadFailed` takes a whole sentence. */
const SPACED_DIFFERENTLY = /\.(keptUntil|updatedAt|lastSeen|dateTime|uploadFailed)$/;

describe('the strings of the page', () => {
  const english = leavesOf('en');

  it.each(LANGUAGES)('%s has the same keys as English, and no empty string', (language) => {
    const own = leavesOf(language);
    expect(own.map(([path]) => path)).toEqual(english.map(([path]) => path));
    expect(own.filter(([, value]) => typeof value === 'string' && value.trim() === '')).toEqual([]);
  });

  it('leaves no English string untranslated', () => {
    const same = leavesOf('zh').filter(
      ([path, value]) => typeof value === 'string' && english.some(([p, v]) => p === path && v === value),
    );
    expect(same.map(([path]) => path)).toEqual(['.app.name']);
  });

  it.each(LANGUAGES)('%s has curly quotes, real ellipses and single spaces', (language) => {
    expect(matching(language, /['"`]|\.\.\.| {2}|^\s|\s$|undefined|NaN/)).toEqual([]);
  });

  it('uses plain, idiomatic English', () => {
    const translated =
      /by itself|goes out|the place where|for want of|had arrived|if it stays|for ever|anew|went away|broke off|somebody|ask again|wording|receipt|\b(cannot|could not|is not|are not|does not|did not|was not) \b|\d %/i;
    expect(matching('en', translated)).toEqual([]);
  });

  it('uses the terms that Chinese products use', () => {
    expect(matching('zh', /载入|令牌|说法|回执|第一个字|再问一次|离开了|您|token|TOKEN/)).toEqual([]);
  });

  it('puts full-width punctuation beside Chinese characters', () => {
    expect(matching('zh', /\p{Script=Han}[,.;:!?()]|[,.;:!?()]\p{Script=Han}/u)).toEqual([]);
  });

  it('puts a space between Chinese characters and Latin letters or digits', () => {
    expect(
      matching('zh', /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u, SPACED_DIFFERENTLY),
    ).toEqual([]);
  });

  it.each(LANGUAGES)('%s explains failures in full sentences', (language) => {
    const parts = leaves(stringsWithStorage(language).failures)
      .filter(([, value]) => typeof value === 'string')
      .map(([, value]) => value);
    expect(parts.length).toBeGreaterThan(80);
    expect(parts.filter((part) => !/[.。]$/.test(String(part)))).toEqual([]);
  });

  it('takes every limit from its constant', () => {
    const limits = [
      CONTENT_LIMIT,
      count('en', CONTENT_LIMIT),
      megabytes(IMAGE_BYTES),
      IMAGE_PIXELS / 1_000_000,
      IMAGE_PIXELS / 10_000,
      IMAGES_PER_TURN,
    ];
    const literal = new RegExp(`(?<![\\d_,])(${limits.join('|')})(?![\\d_,])`);
    const files = LANGUAGES.flatMap((language) => {
      const folder = join(import.meta.dirname, language);
      return readdirSync(folder).map((name) => join(folder, name));
    });
    expect(files.length).toBeGreaterThan(15);
    expect(files.filter((file) => literal.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('formats the limits in each language', () => {
    const { codes, reasons } = stringsFor('en').failures;
    expect(codes.too_large.next).toBe('Shorten it to 32,000 characters or fewer, then send again.');
    expect(reasons.image_bytes.what).toBe('The image is larger than 10 MB.');
    expect(reasons.image_pixels.what).toBe('The image has more than 50 million pixels.');
    expect(stringsFor('zh').failures.codes.too_large.next).toBe('请缩短到 32,000 字以内再发送。');
    expect(stringsFor('zh').failures.reasons.image_pixels.what).toBe('图片超过 5000 万像素。');
    expect(imageNoteStrings('zh').rejected.too_many()).toContain('最多添加 8 张图片');
  });

  it('shows the year of a date only when it is far away', () => {
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
  ])('shows %d ms of reasoning as "%s"', (ms, text) => {
    expect(turnFooterStrings('en').thoughtFor(ms)).toBe(text);
  });
});

describe('failureText', () => {
  it('says what happened, what was saved and what to do next, by the reason where there is one', () => {
    expect(failureText(stringsFor('en'), { code: 'model_failed', reason: 'cut' }, 'partial')).toBe(
      'The connection to the model was lost. The text so far is saved. Try again for the full reply.',
    );
  });

  it('says how long to wait when the provider did', () => {
    const failure = { code: 'model_failed', reason: 'rate_limited', retryAfterMs: 19_200 } as const;
    expect(failureText(stringsFor('en'), failure, 'message')).toMatch(/Try again in 20 seconds\.$/);
    expect(failureText(stringsFor('zh'), failure, 'message')).toMatch(/请在 20 秒后重试。$/);
    const soon = { ...failure, retryAfterMs: 900 };
    expect(failureText(stringsFor('en'), soon, 'message')).toMatch(/Try again in 1 second\.$/);
  });

  it('distinguishes unreachable storage from an unreachable model', () => {
    const of = (code: 'model_failed' | 'store_unavailable') =>
      failureText(stringsWithStorage('en'), { code, reason: 'unreachable' }, 'history');
    expect(of('model_failed')).toContain('Couldn’t reach the model provider.');
    expect(of('store_unavailable')).toContain('The server can’t reach conversation storage.');
  });

  it('explains storage by its code alone until the strings about it have loaded', () => {
    const failure = { code: 'store_unavailable', reason: 'corrupt_record' } as const;
    expect(failureText(stringsFor('en'), failure, 'history')).toBe(
      'Conversation storage is unavailable. Nothing was changed. Try again in a moment.',
    );
    expect(failureText(stringsWithStorage('en'), failure, 'history')).toContain(
      'This conversation is damaged',
    );
  });

  it('promises nothing about a conversation that is damaged or gone', () => {
    const of = (failure: Parameters<typeof failureText>[1]) =>
      failureText(stringsFor('en'), failure, 'history');
    expect(of({ code: 'store_unavailable', reason: 'corrupt_record' })).toContain('Nothing was changed.');
    expect(of({ code: 'not_found' })).toContain('Nothing was changed.');
    expect(of({ code: 'internal' })).toContain('Nothing was lost.');
  });

  it('explains failures that only a browser can see', () => {
    expect(failureText(stringsFor('zh'), { code: 'offline' }, 'unsent')).toBe(
      '网络已断开。消息已保存在这里，尚未发送。请联网后重试。',
    );
  });
});
