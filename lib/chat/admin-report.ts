import type { StoreReason } from './errors';
import type { StoreWarning } from './store-warnings';
import type { TurnStatus } from './turn';

/** What was used on one day (UTC). */
export interface DayReport {
  /** `2026-11-25` */
  date: string;
  turns: number;
  /** Of the turns, those that failed. */
  failed: number;
  inputTokens: number;
  outputTokens: number;
  limitsHit: number;
}

/** A model, a guest or a limit, with what was counted for it. */
interface UseRow {
  name: string;
  turns: number;
  tokens: number;
}

/** What the admin page shows. Guests are hashes: nothing in it opens a conversation. */
export interface AdminReport {
  /** Oldest first, the last is today. */
  days: DayReport[];
  /** Over all days, the most used first. */
  statuses: { status: TurnStatus; turns: number }[];
  models: UseRow[];
  /** `null`: the guests of a busy day that are counted together. */
  guests: (Omit<UseRow, 'name'> & { name: string | null })[];
  limits: { name: string; count: number }[];
  /** False: this process has counted since it started; other instances and earlier runs are missing. */
  isKept: boolean;
  live: { replies: number; pausedSince: number | null };
  store: {
    driver: string;
    latencyMs: number;
    /** Why it does not work; null: it does. */
    reason: StoreReason | null;
    /** Why it may lose what it is given. */
    warnings: StoreWarning[];
    /** null: unknown. */
    storedBytes: number | null;
    /** Failed calls of this process since it started. */
    errors: number;
  };
  startedAt: number;
  version: string;
}
