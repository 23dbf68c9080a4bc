import type { Language } from '@/lib/chat/language';
import type { Attachments, Edit } from './draft';
import type { PendingSend } from './pending-send';

export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

export const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);

/** All that the browser keeps over a reload: ids, drafts, choices and unsent words. Never the conversation. */
export interface Preferences {
  activeAssistantId: string | null;
  /** The conversation that each assistant shows. */
  sessionIds: Readonly<Record<string, string>>;
  /** The text of each draft, by `draftKey`: a draft belongs to a conversation. */
  drafts: Readonly<Record<string, string>>;
  /** What a draft holds beside its text, by the same key. */
  attachments: Readonly<Record<string, Attachments>>;
  /** By session: the turn whose words its composer holds. */
  editing: Readonly<Record<string, Edit>>;
  /** By session: up to which time (ms, the server's clock) its replies were seen. */
  seenAt: Readonly<Record<string, number>>;
  /** The model chosen for an assistant; none: the server's default. */
  models: Readonly<Record<string, string>>;
  outbox: readonly PendingSend[];
  theme: Theme;
  /** null: by the browser's languages. */
  language: Language | null;
  /** Whether keys of one character do something where nobody types (WCAG 2.1.4: they can be turned off). */
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
  theme: 'system',
  language: null,
  singleKeys: true,
};

/** How many unsent messages are read back: a bound on what lies in storage, not on what a person may leave waiting. */
export const OUTBOX_LIMIT = 500;
