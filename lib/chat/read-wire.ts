import type {
  HealthAnswer,
  HistoryAnswer,
  ImageAnswer,
  ModelsAnswer,
  SessionAnswer,
  SessionsAnswer,
  TurnAnswer,
  UndoAnswer,
} from '@/lib/chat/wire';
import { type ErrorCode, type ErrorReason, isErrorCode, isErrorReason, STORE_REASONS } from './errors';
import { type FinishReason, toFinishReason } from './finish-reason';
import {
  flag,
  listOf,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  type Read,
  recordOf,
  text,
} from './json-reader';
import type { ModelInfo } from './model-info';
import type { Session } from './session';
import { STORE_WARNINGS, type StoreWarning } from './store-warnings';
import type { ImageRef, Turn, TurnError, TurnStatus } from './turn';

/** Readers of what the server answers. A reader throws `UnexpectedJson` for anything that is not such an answer. */

// A page that was open before an update may meet reasons that it does not know yet: they are read as the general case.
export const errorCode: Read<ErrorCode> = (value) => {
  const code = text(value);
  return isErrorCode(code) ? code : 'internal';
};
export const errorReason: Read<ErrorReason | undefined> = (value) =>
  isErrorReason(value) ? value : undefined;
const storeWarnings: Read<StoreWarning[]> = (value) => {
  const names = listOf(text)(value);
  return STORE_WARNINGS.filter((warning) => names.includes(warning));
};
const finishReason: Read<FinishReason> = (value) => toFinishReason(text(value));

const status: Read<TurnStatus> = oneOf('streaming', 'done', 'stopped', 'failed', 'interrupted');

const imageFields = {
  id: text,
  type: oneOf('image/png', 'image/jpeg', 'image/webp', 'image/gif'),
  width: number,
  height: number,
};
const images = listOf(objectOf<ImageRef>(imageFields));

export const readTurn = objectOf<Turn>({
  v: oneOf(1),
  id: text,
  parentId: nullable(text),
  depth: number,
  assistantId: text,
  createdAt: number,
  updatedAt: number,
  user: objectOf<Turn['user']>({
    content: text,
    images,
    from: optional(objectOf({ assistantId: text, turnId: text })),
  }),
  reply: objectOf<Turn['reply']>({ content: text, reasoning: text, images, model: text }),
  status,
  error: optional(
    objectOf<TurnError>({
      code: errorCode,
      reason: errorReason,
      retryAfterMs: optional(number),
      message: text,
    }),
  ),
  finishReason: optional(finishReason),
  usage: optional(
    objectOf<NonNullable<Turn['usage']>>({
      inputTokens: number,
      outputTokens: number,
      reasoningTokens: optional(number),
    }),
  ),
  timing: optional(
    objectOf<NonNullable<Turn['timing']>>({
      firstTokenMs: number,
      totalMs: number,
      thoughtMs: optional(number),
    }),
  ),
  context: optional(
    objectOf<NonNullable<Turn['context']>>({ sent: number, dropped: number, images: number }),
  ),
  deletedAt: optional(number),
});

export const readSession = objectOf<Session>({
  v: oneOf(1),
  id: text,
  assistantId: text,
  title: text,
  preview: text,
  headTurnId: nullable(text),
  headStatus: nullable(status),
  activeTurnId: nullable(text),
  createdAt: number,
  updatedAt: number,
  pinned: flag,
  expiresAt: nullable(number),
});

export const readHealth = objectOf<HealthAnswer>({
  status: oneOf('ok', 'degraded'),
  store: objectOf<HealthAnswer['store']>({
    durable: flag,
    ok: flag,
    reason: optional(oneOf(...STORE_REASONS)),
  }),
  models: objectOf<HealthAnswer['models']>({ demo: flag }),
  warnings: optional(storeWarnings),
});

export const readModels = objectOf<ModelsAnswer>({
  models: listOf(
    objectOf<ModelInfo>({
      id: text,
      provider: text,
      providerName: optional(text),
      name: text,
      vision: flag,
      reasoning: flag,
      imageGeneration: flag,
      contextTokens: number,
    }),
  ),
  default: text,
});

export const readHistory = objectOf<HistoryAnswer>({
  sessionId: text,
  assistantId: nullable(text),
  title: text,
  total: number,
  turns: listOf(readTurn),
  versions: recordOf(listOf(text)),
  wordings: optional(recordOf(listOf(listOf(text)))),
  activeTurnId: nullable(text),
  nextBefore: nullable(text),
});

export const readSessions = objectOf<SessionsAnswer>({
  sessions: listOf(readSession),
  total: number,
  nextBefore: nullable(text),
  cookieMissing: optional(flag),
  joinable: optional(number),
});

export const readSessionAnswer = objectOf<SessionAnswer>({ session: readSession });

export const readTurnAnswer = objectOf<TurnAnswer>({ turn: readTurn });

export const readUndo = objectOf<UndoAnswer>({ undoUntil: number });

export const readImage = objectOf<ImageAnswer>({ ...imageFields, bytes: number });

/** The fields of an error that a reader can rely on; null where the body is not one of ours (a proxy's, say). */
export const readErrorFields = (body: unknown) => {
  try {
    return errorFields(body).error;
  } catch {
    return null;
  }
};

const errorFields = objectOf({
  error: objectOf<{
    code?: ErrorCode;
    reason?: ErrorReason;
    activeTurnId?: string;
    retryAfterMs?: number;
  }>({
    code: (value) => (isErrorCode(value) ? value : undefined),
    reason: errorReason,
    activeTurnId: optional(text),
    retryAfterMs: optional(number),
  }),
});
