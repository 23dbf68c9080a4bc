import type { StoreReason } from '@/lib/chat/errors';
import type { ModelInfo } from '@/lib/chat/model-info';
import type { Session } from '@/lib/chat/session';
import type { ImageRef, Turn } from '@/lib/chat/turn';

/** What the server's answers look like: section by section the HTTP contract of `docs/api.md`. */
export interface Health {
  status: 'ok' | 'degraded';
  version: string;
  store: {
    driver: 'sqlite' | 'redis' | 'upstash';
    durable: boolean;
    ok: boolean;
    latencyMs: number;
    /** Where it is not `ok`: what is wrong. */
    reason?: StoreReason;
  };
  models: { configured: string[]; demo: boolean };
}

export interface ModelList {
  models: ModelInfo[];
  default: string;
}

export interface HistoryAnswer {
  sessionId: string;
  /** null: the session is not known (never sent to, expired, or another owner's). */
  assistantId: string | null;
  title: string;
  total: number;
  turns: Turn[];
  versions: Record<string, string[]>;
  wordings?: Record<string, string[][]>;
  activeTurnId: string | null;
  nextBefore: string | null;
}

export interface SessionsAnswer {
  sessions: Session[];
  total: number;
  nextBefore: string | null;
}

export interface SessionChange {
  title?: string;
  pinned?: boolean;
  headTurnId?: string;
}

/** An image as the server has stored it. */
export type UploadedImage = ImageRef & { bytes: number };

export interface SendBody {
  sessionId: string;
  assistantId: string;
  turnId: string;
  content: string;
  /** Ids of uploaded images. */
  images?: readonly string[];
  parentId?: string | null;
  /** The turn whose reply is to go on. */
  continueFrom?: string;
  model?: string;
}
