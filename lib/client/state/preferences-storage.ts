import type { PersistStorage } from 'zustand/middleware';
import type { PendingSend } from './pending-send';
import type { Preferences } from './preferences';
import { readPreferences } from './read-preferences';

/** The part of `Storage` that is used. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Begins the name of everything that the page keeps. */
export const PREFERENCES_KEY = 'confab';

/**
 * Drafts, what is attached to them, and unsent words lie under names of their own, one each, and a tab writes only what it changed: were they in
 * one piece with the rest, a tab that is a moment behind would overwrite the words of another.
 */
const DRAFT = ':draft:';
const ATTACHED = ':attached:';
const UNSENT = ':unsent:';

/**
 * Storage that is missing, blocked, full or corrupt costs the memory of choices, never the page: what could not be
 * written is read back from here as long as the page lives.
 */
export function createPreferencesStorage(
  storage: () => KeyValueStorage,
  version: number,
): PersistStorage<Preferences> {
  /** What lies in storage, as far as this tab knows, by name; and what should lie there and does not. */
  let known = new Map<string, string>();
  const unwritten = new Map<string, string>();
  // A write before the first read would replace what is stored by the defaults.
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
      const state = readPreferences(main.state, apartOf(texts, name));
      // As it was read, not as it lies there: a tab that only reads writes nothing back.
      const read = textsOf(name, state, version);
      known = new Map([...stored].map(([key, text]) => [key, key === name ? text : (read.get(key) ?? text)]));
      return { state, version: main.version ?? version };
    },
    setItem(name, value) {
      if (!wasRead) return;
      const texts = textsOf(name, value.state, value.version ?? version);
      for (const [key, text] of texts) if (known.get(key) !== text) write(key, text);
      for (const key of known.keys()) if (!texts.has(key)) attempt(() => storage().removeItem(key));
      for (const key of unwritten.keys()) if (!texts.has(key)) unwritten.delete(key);
      known = texts;
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
    ...outbox.map((entry) => [`${name}${UNSENT}${entry.turnId}`, JSON.stringify(stored(entry))] as const),
  ]);
}

/** `sending` is true of this page only. Stored as `waiting`, an entry is not written again when its turn to be sent comes. */
const stored = (entry: PendingSend): PendingSend =>
  entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry;

function entriesOf(storage: KeyValueStorage, name: string): Map<string, string> {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const own = names.filter(
    (one) => one === name || [DRAFT, ATTACHED, UNSENT].some((kind) => one.startsWith(name + kind)),
  );
  return new Map(own.map((one) => [one, storage.getItem(one) ?? '']));
}

/** What lies beside the main piece, by its kind. */
function apartOf(texts: ReadonlyMap<string, string>, name: string) {
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

/** What a piece of storage holds, whoever wrote it. */
function envelopeOf(value: unknown): { state?: unknown; version?: number } {
  if (typeof value !== 'object' || value === null || !('state' in value)) return {};
  const version = 'version' in value && typeof value.version === 'number' ? value.version : undefined;
  return { state: value.state, version };
}

const parse = (text: string | undefined): unknown => attempt(() => JSON.parse(text ?? 'null'));

/** Storage throws when it is blocked (SecurityError), full (QuotaExceededError) or holds no JSON: then null. */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
