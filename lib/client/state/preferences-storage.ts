import type { PersistStorage } from 'zustand/middleware';
import { BASE_PATH } from '@/lib/chat/base-path';
import type { OutboxEntry } from './outbox-entry';
import type { Preferences } from './preferences';
import { readPreferences } from './read-preferences';

/** The part of `Storage` that is used. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The name of every stored entry starts with this. Servers under several paths of one host share the browser's storage. */
export const PREFERENCES_KEY = `confab${BASE_PATH}`;

/**
 * Each draft, each draft's attachments and each unsent message is an entry of its own, and a browser tab
 * writes only the entries it changed. If all were one entry, a browser tab that is
 * slightly behind would overwrite another tab's draft.
 */
const DRAFT = ':draft:';
const ATTACHED = ':attached:';
const UNSENT = ':unsent:';

/**
 * Works with storage that is missing, blocked, full or corrupt: an entry that could not be written is kept in
 * memory until the page is closed, and read from there. `onRefused` hears after each write whether that is so for
 * something that a person wrote.
 */
export function createPreferencesStorage(
  storage: () => KeyValueStorage,
  version: number,
  onRefused: (isRefused: boolean) => void,
): PersistStorage<Preferences> {
  /** The entries as this browser tab last read or wrote them, by name. */
  let current = new Map<string, string>();
  /** The entries that could not be written. */
  const unwritten = new Map<string, string>();
  // A write before the first read would replace the stored preferences with the defaults.
  let wasRead = false;

  function write(name: string, text: string): void {
    const isWritten = attempt(() => storage().setItem(name, text)) !== null;
    if (isWritten) unwritten.delete(name);
    else unwritten.set(name, text);
  }

  return {
    getItem(name) {
      wasRead = true;
      const stored = attempt(() => entriesOf(storage(), name)) ?? new Map<string, string>();
      const texts = new Map([...stored, ...unwritten]);
      if (texts.size === 0) return null;
      const main = envelopeOf(parse(texts.get(name)));
      const state = readPreferences(main.state, separateEntries(texts, name));
      // Compared with later writes in the form they are written in, so that a browser tab that only
      // reads writes nothing.
      const read = textsOf(name, state, version);
      current = new Map(
        [...stored].map(([key, text]) => [key, key === name ? text : (read.get(key) ?? text)]),
      );
      return { state, version: main.version ?? version };
    },
    setItem(name, value) {
      if (!wasRead) return;
      const texts = textsOf(name, value.state, value.version ?? version);
      for (const [key, text] of texts) if (current.get(key) !== text) write(key, text);
      for (const key of current.keys()) if (!texts.has(key)) attempt(() => storage().removeItem(key));
      for (const key of unwritten.keys()) if (!texts.has(key)) unwritten.delete(key);
      current = texts;
      onRefused([...unwritten.keys()].some((key) => key !== name));
    },
    removeItem(name) {
      attempt(() => storage().removeItem(name));
    },
  };
}

function textsOf(name: string, { drafts, attachments, outbox, ...rest }: Preferences, version: number) {
  return new Map<string, string>([
    [name, JSON.stringify({ state: rest, version })],
    ...Object.entries(drafts).map(([key, text]) => [`${name}${DRAFT}${key}`, JSON.stringify(text)] as const),
    ...Object.entries(attachments).map(
      ([key, attached]) => [`${name}${ATTACHED}${key}`, JSON.stringify(attached)] as const,
    ),
    ...outbox.map((entry) => [`${name}${UNSENT}${entry.turnId}`, JSON.stringify(asStored(entry))] as const),
  ]);
}

/** Other pages have no use for `sending`. Stored as `waiting`, an entry is not written again to be sent. */
const asStored = (message: OutboxEntry): OutboxEntry =>
  message.state === 'sending' ? { ...message, state: 'waiting' } : message;

function entriesOf(storage: KeyValueStorage, name: string): Map<string, string> {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const own = names.filter(
    (key) => key === name || [DRAFT, ATTACHED, UNSENT].some((kind) => key.startsWith(name + kind)),
  );
  return new Map(own.map((key) => [key, storage.getItem(key) ?? '']));
}

/** The entries beside the main one, by kind. */
function separateEntries(texts: ReadonlyMap<string, string>, name: string) {
  const of = (kind: string) =>
    [...texts].flatMap(([key, text]) =>
      key.startsWith(name + kind) ? [[key.slice((name + kind).length), parse(text)] as const] : [],
    );
  return {
    drafts: Object.fromEntries(of(DRAFT)),
    attachments: Object.fromEntries(of(ATTACHED)),
    outbox: of(UNSENT).map(([, entry]) => entry),
  };
}

/** The main entry may have been written by anything, so its form is checked. */
function envelopeOf(value: unknown): { state?: unknown; version?: number } {
  if (typeof value !== 'object' || value === null || !('state' in value)) return {};
  const version = 'version' in value && typeof value.version === 'number' ? value.version : undefined;
  return { state: value.state, version };
}

const parse = (text: string | undefined): unknown => attempt(() => JSON.parse(text ?? 'null'));

/** null if storage is blocked (SecurityError) or full (QuotaExceededError), or the text is not JSON. */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
