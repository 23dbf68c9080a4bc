import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../testing/a-browser';
import { DEFAULT_PREFERENCES, OUTBOX_LIMIT, type Preferences } from './preferences';
import type { KeyValueStorage } from './preferences-storage';
import { createPreferencesStore } from './preferences-store';
import { MAP_LIMIT, withEntry } from './recent-map';

function opened(stored: string | undefined) {
  const storage = memoryStorage(stored === undefined ? {} : { confab: stored });
  const store = createPreferencesStore(() => storage);
  void store.persist.rehydrate();
  return { store, storage };
}

const read = (state: unknown, version: unknown = 1): Preferences =>
  opened(JSON.stringify({ state, version })).store.getState();

const strings = (map: object) => Object.values(map).every((value) => typeof value === 'string');

/** The promises of the Preferences type. */
function expectValid(preferences: Preferences): void {
  const { activeAssistantId, sessionIds, drafts, seenAt, models, outbox, theme, language } = preferences;
  expect(activeAssistantId === null || typeof activeAssistantId === 'string').toBe(true);
  expect([sessionIds, drafts, models].every(strings)).toBe(true);
  expect(Object.values(seenAt).every(Number.isFinite)).toBe(true);
  for (const map of [sessionIds, drafts, seenAt, models]) {
    expect(Object.keys(map).length).toBeLessThanOrEqual(MAP_LIMIT);
  }
  expect(outbox.length).toBeLessThanOrEqual(OUTBOX_LIMIT);
  expect(outbox.every(({ turnId, content, state }) => turnId && typeof content === 'string' && state)).toBe(
    true,
  );
  expect(['system', 'light', 'dark']).toContain(theme);
  expect([null, 'en', 'zh']).toContain(language);
}

const field = <T>(good: fc.Arbitrary<T>) => fc.oneof(good, fc.jsonValue());
const id = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const nearlyPreferences = fc.record(
  {
    activeAssistantId: field(id),
    sessionIds: field(fc.dictionary(fc.string(), field(id))),
    drafts: field(fc.dictionary(id, field(fc.string()))),
    seenAt: field(fc.dictionary(id, field(fc.double()))),
    models: field(fc.dictionary(id, field(fc.string()))),
    outbox: field(
      fc.array(
        field(
          fc.record({
            turnId: field(id),
            sessionId: field(id),
            assistantId: field(id),
            content: field(fc.string()),
            createdAt: field(fc.nat()),
            state: field(fc.constantFrom('sending', 'waiting', 'failed')),
            error: field(fc.record({ code: field(fc.constantFrom('network', 'internal')) })),
          }),
        ),
      ),
    ),
    theme: field(fc.constantFrom('system', 'light', 'dark')),
    language: field(fc.constantFrom('en', 'zh', null)),
  },
  { requiredKeys: [] },
);

describe('preferences', () => {
  it('are valid whatever text is in storage', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => expectValid(opened(text).store.getState())),
    );
  });

  it('are valid whatever fields, of whatever version, were stored', () => {
    fc.assert(
      fc.property(nearlyPreferences, field(fc.nat(3)), (state, version) => expectValid(read(state, version))),
    );
  });

  it('keep every valid field beside an invalid one', () => {
    expect(
      read({ theme: 'dark', language: 7, sessionIds: { teacher: 's-1', programmer: 9 }, drafts: [] }),
    ).toEqual({
      ...DEFAULT_PREFERENCES,
      theme: 'dark',
      sessionIds: { teacher: 's-1' },
    });
  });

  it('are read back as they were written', () => {
    const { store, storage } = opened(undefined);
    store.setState({ theme: 'dark', drafts: { s: 'half a thought\n…' }, seenAt: { s: 12 } });
    const again = createPreferencesStore(() => storage);
    void again.persist.rehydrate();
    expect(again.getState()).toEqual(store.getState());
  });

  it('of an older or newer version give the fields they have', () => {
    expect(read({ theme: 'light', colour: 'blue' }, 0).theme).toBe('light');
    expect(read({ theme: 'light', colour: 'blue' }, 7).theme).toBe('light');
  });

  it('do not accept the name of an object’s own property as an id', () => {
    const { activeAssistantId, sessionIds } = read({
      activeAssistantId: '__proto__',
      sessionIds: { teacher: 'constructor', programmer: 's-2' },
    });
    expect([activeAssistantId, sessionIds]).toEqual([null, { programmer: 's-2' }]);
  });

  it('turn a message that was being sent into one that waits', () => {
    const entry = {
      turnId: 't',
      sessionId: 's',
      assistantId: 'a',
      content: 'x',
      createdAt: 1,
      state: 'sending',
    };
    expect(read({ outbox: [entry] }).outbox).toEqual([{ ...entry, state: 'waiting' }]);
  });

  it('do not overwrite storage when they are set before they were read', () => {
    const text = JSON.stringify({ state: { theme: 'dark' }, version: 1 });
    const storage = memoryStorage({ confab: text });
    createPreferencesStore(() => storage).setState({ language: 'zh' });
    expect(storage.entries().confab).toBe(text);
  });

  it.each(['full', 'blocked'] as const)('stay in memory when storage is %s', (trouble) => {
    const failing = () => {
      throw new DOMException(trouble, trouble === 'full' ? 'QuotaExceededError' : 'SecurityError');
    };
    const storage: KeyValueStorage = {
      ...memoryStorage(),
      setItem: failing,
      removeItem: failing,
    };
    const store = createPreferencesStore(trouble === 'full' ? () => storage : failing);
    void store.persist.rehydrate();
    store.setState({ theme: 'dark' });
    expect([store.persist.hasHydrated(), store.getState().theme]).toEqual([true, 'dark']);
  });

  it('say that a draft is not stored, until it is stored or gone', () => {
    let isFull = true;
    const storage = memoryStorage();
    const setItem: KeyValueStorage['setItem'] = (key, value) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      storage.setItem(key, value);
    };
    const heard: boolean[] = [];
    const store = createPreferencesStore(
      () => ({ ...storage, setItem }),
      (isRefused) => heard.push(isRefused),
    );
    void store.persist.rehydrate();
    const lastAfter = (drafts: Record<string, string>) => {
      store.setState({ drafts });
      return heard.at(-1);
    };
    expect(heard).not.toContain(true);
    expect(lastAfter({ s: 'half a draft' })).toBe(true);
    expect(lastAfter({})).toBe(false);
    expect(lastAfter({ s: 'again' })).toBe(true);
    isFull = false;
    expect(lastAfter({ s: 'again, longer' })).toBe(false);
  });

  it('say nothing about themselves: only what a person wrote can be lost', () => {
    const heard: boolean[] = [];
    const store = createPreferencesStore(
      () => {
        throw new DOMException('blocked', 'SecurityError');
      },
      (isRefused) => heard.push(isRefused),
    );
    void store.persist.rehydrate();
    store.setState({ theme: 'dark' });
    expect(heard).not.toContain(true);
    store.setState({ drafts: { s: 'words' } });
    expect(heard.at(-1)).toBe(true);
  });

  it('merge what another browser tab wrote, except what this tab shows or is sending', () => {
    const { store, storage } = opened(undefined);
    const sending = {
      turnId: 't',
      sessionId: 's',
      assistantId: 'a',
      content: 'x',
      createdAt: 1,
      state: 'sending' as const,
    };
    store.setState({ activeAssistantId: 'teacher', sessionIds: { teacher: 's' }, outbox: [sending] });
    const other = {
      activeAssistantId: 'programmer',
      sessionIds: { teacher: 'z', programmer: 'p' },
      drafts: { p: 'hi' },
    };
    storage.setItem('confab', JSON.stringify({ state: other, version: 1 }));
    void store.persist.rehydrate();
    expect(store.getState()).toMatchObject({
      activeAssistantId: 'teacher',
      sessionIds: { teacher: 's', programmer: 'p' },
      drafts: { p: 'hi' },
      outbox: [sending],
    });
  });

  it('keep the newest entries of a map', () => {
    let map: Record<string, number> = {};
    for (let index = 0; index < MAP_LIMIT + 5; index += 1) map = withEntry(map, `k${index}`, index);
    expect(Object.keys(map)).toHaveLength(MAP_LIMIT);
    expect([map.k0, map[`k${MAP_LIMIT + 4}`]]).toEqual([undefined, MAP_LIMIT + 4]);
  });
});
