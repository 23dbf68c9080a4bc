import type { Language } from '@/lib/chat/language';
import type { ImageRef } from '@/lib/chat/turn';
import type { OutboxEntry } from './outbox-entry';

export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

export const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);

/** What a draft holds besides its text. */
export interface Attachments {
  /** Long pastes, each a block of its own. */
  pastes: readonly string[];
  /** Uploaded images. */
  images: readonly ImageRef[];
}

/** The turn that is edited in the composer. Sending creates a version of it. */
export interface Edit {
  turnId: string;
  parentId: string | null;
}

/** What the browser keeps across reloads: ids, drafts, choices and unsent messages. Never a conversation. */
export interface Preferences {
  activeAssistantId: string | null;
  /** The session that each assistant shows. */
  sessionIds: Readonly<Record<string, string>>;
  /** The text of each draft, by `draftKey`. */
  drafts: Readonly<Record<string, string>>;
  /** The attachments of each draft, by `draftKey`. */
  attachments: Readonly<Record<string, Attachments>>;
  /** By session: the turn that is edited in its composer. */
  editing: Readonly<Record<string, Edit>>;
  /** By session: the time up to which its replies were seen (ms, the server's clock). */
  seenAt: Readonly<Record<string, number>>;
  /** By assistant: the chosen model. Without an entry the server's default is used. */
  models: Readonly<Record<string, string>>;
  outbox: readonly OutboxEntry[];
  /**
   * By turn: the session of a message that was discarded or edited before the server had acknowledged it. It
   * is removed from the server, in case it arrived.
   */
  withdrawn: Readonly<Record<string, string>>;
  theme: Theme;
  /** null: follow the browser's languages. */
  language: Language | null;
  /** Whether single-key shortcuts are on (WCAG 2.1.4 requires an off switch). */
  singleKeys: boolean;
}

export const DEFAULT_PREFERENCES: Preferences = {
  activeAssistantId: null,
  sessionIds: {},
  drafts: {},
  attachments: {},
  editing: {},
  seenAt: {},
  models: {},
  outbox: [],
  withdrawn: {},
  theme: 'system',
  language: null,
  singleKeys: true,
};

/** At most this many unsent messages are read from storage. More can wait in memory. */
export const OUTBOX_LIMIT = 500;
