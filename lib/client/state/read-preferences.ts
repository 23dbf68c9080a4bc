import { isErrorCode, isErrorReason } from '@/lib/chat/errors';
import { isId as isWireId } from '@/lib/chat/ids';
import { isLanguage } from '@/lib/chat/language';
import { type ImageRef, isImageType } from '@/lib/chat/turn';
import { type ClientErrorCode, type ClientErrorInfo, isRetriedAutomatically } from '../http/client-error';
import type { OutboxEntry } from './outbox-entry';
import {
  type Attachments,
  DEFAULT_PREFERENCES,
  type Edit,
  isTheme,
  OUTBOX_LIMIT,
  type Preferences,
} from './preferences';
import { MAP_LIMIT } from './recent-map';

/** Entries of their own in storage. Older versions of the page kept them in the main entry. */
interface SeparateEntries {
  drafts?: unknown;
  attachments?: unknown;
  outbox?: unknown;
}

/**
 * Reads preferences from whatever is in storage: of an older version, of another program, or malicious. A
 * field that does not fit gets its default; the others are kept. Never throws.
 */
export function readPreferences(stored: unknown, separate: SeparateEntries = {}): Preferences {
  const value = isRecord(stored) ? stored : {};
  return {
    activeAssistantId: isId(value.activeAssistantId) ? value.activeAssistantId : null,
    sessionIds: mapOf(value.sessionIds, isId),
    drafts: { ...mapOf(value.drafts, isText), ...mapOf(separate.drafts, isText) },
    attachments: {
      ...mapOf(value.attachments, isAttachments),
      ...mapOf(separate.attachments, isAttachments),
    },
    editing: mapOf(value.editing, isEdit),
    seenAt: mapOf(value.seenAt, isTime),
    models: mapOf(value.models, isText),
    withdrawn: mapOf(value.withdrawn, isId),
    outbox: readOutbox([...listOf(value.outbox), ...listOf(separate.outbox)]),
    theme: isTheme(value.theme) ? value.theme : DEFAULT_PREFERENCES.theme,
    language: isLanguage(value.language) ? value.language : null,
    singleKeys: value.singleKeys !== false,
  };
}

/** Oldest first. */
function readOutbox(stored: readonly unknown[]): OutboxEntry[] {
  const entries = stored.map(readPending).filter((entry) => entry !== null);
  const byTurn = new Map(entries.map((entry) => [entry.turnId, entry]));
  return [...byTurn.values()].sort(inOrder).slice(-OUTBOX_LIMIT);
}

const inOrder = (a: OutboxEntry, b: OutboxEntry): number =>
  a.createdAt - b.createdAt || (a.turnId < b.turnId ? -1 : 1);

function readPending(value: unknown): OutboxEntry | null {
  if (!isRecord(value)) return null;
  const { turnId, sessionId, assistantId, content, images, createdAt, parentId, state } = value;
  const { edits, continueFrom, askedModel } = value;
  if (!isId(turnId) || !isId(sessionId) || !isId(assistantId)) return null;
  if (!isText(content) || !isTime(createdAt)) return null;
  const error = readError(value.error);
  return {
    turnId,
    sessionId,
    assistantId,
    content,
    createdAt,
    ...(isListOf(images, isImage) && { images }),
    ...((parentId === null || isId(parentId)) && { parentId }),
    ...(isId(edits) && { edits }),
    ...(isId(continueFrom) && { continueFrom }),
    ...(isText(askedModel) && { askedModel }),
    // A message that an earlier page was sending may have arrived. It waits; the turn id makes sending it
    // again safe.
    state: state === 'failed' && error && !isRetriedAutomatically(error) ? 'failed' : 'waiting',
    ...(error && { error }),
  };
}

function readError(value: unknown): ClientErrorInfo | null {
  if (!isRecord(value) || !isClientErrorCode(value.code)) return null;
  return { code: value.code, ...(isErrorReason(value.reason) && { reason: value.reason }) };
}

const isClientErrorCode = (value: unknown): value is ClientErrorCode =>
  isErrorCode(value) || value === 'network' || value === 'offline';

/** Ids are looked up in plain objects, so the name of an inherited property (`constructor`) is none. */
const isId = (value: unknown): value is string => isWireId(value) && !(value in Object.prototype);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isText = (value: unknown): value is string => typeof value === 'string';

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const isListOf = <T>(value: unknown, fits: (entry: unknown) => entry is T): value is T[] =>
  Array.isArray(value) && value.every(fits);

const isPixels = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;

const isImage = (value: unknown): value is ImageRef =>
  isRecord(value) &&
  isId(value.id) &&
  isImageType(value.type) &&
  isPixels(value.width) &&
  isPixels(value.height);

const isAttachments = (value: unknown): value is Attachments =>
  isRecord(value) && isListOf(value.pastes, isText) && isListOf(value.images, isImage);

const isEdit = (value: unknown): value is Edit =>
  isRecord(value) && isId(value.turnId) && (value.parentId === null || isId(value.parentId));

function mapOf<T>(value: unknown, fits: (entry: unknown) => entry is T): Record<string, T> {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, T] => fits(entry[1]));
  return Object.fromEntries(entries.slice(-MAP_LIMIT));
}

/**
 * Merges what another browser tab has written: its choices, drafts and unsent messages replace those here,
 * except what this browser tab shows and what it is sending right now.
 */
export function mergePreferences(stored: unknown, current: Preferences): Preferences {
  const read = readPreferences(stored);
  const sending = new Map(
    current.outbox.filter(({ state }) => state === 'sending').map((entry) => [entry.turnId, entry]),
  );
  const others = read.outbox.filter(({ turnId }) => !sending.has(turnId));
  return {
    ...read,
    activeAssistantId: current.activeAssistantId ?? read.activeAssistantId,
    sessionIds: { ...read.sessionIds, ...current.sessionIds },
    outbox: [...others, ...sending.values()].sort(inOrder),
  };
}
