import { setTimeout as pause } from 'node:timers/promises';
import { withinMs } from '@/lib/server/within-ms';
import type { AttackLab } from './attack-lab';

/** What an attempt or a control has shown: whether it is as expected, and the evidence in a few words. */
export interface Finding {
  ok: boolean;
  seen: string;
}

/** One row of the table: an attempt on a real server, and a control that proves that a success would be noticed. */
export interface Attack {
  /** The number of its row in the security review, or the setting that it tries. */
  row: string;
  /** What is attempted. */
  attempt: string;
  /** The outcome in which the product has held. */
  expected: string;
  /** The same thing where it is allowed, or a planted breach. If this is not seen, the attempt proves nothing. */
  control: string;
  run: (lab: AttackLab) => Promise<{ attempt: Finding; control: Finding }>;
}

export const finding = (ok: boolean, seen: string): Finding => ({ ok, seen });

/** Compares as text: `same('403', answer.status)`. */
export const same = (wanted: unknown, seen: unknown): Finding =>
  finding(String(wanted) === String(seen), String(seen));

/** Several findings as one. Lists those that are not as expected, or shows `summary`. */
export function every(findings: readonly (Finding & { of: string })[], summary: string): Finding {
  const wrong = findings.filter(({ ok }) => !ok).map(({ of, seen }) => `${of}: ${seen}`);
  return finding(wrong.length === 0 && findings.length > 0, wrong.join('; ') || summary);
}

/** Waits for an event. Returns whether it happened in time. */
export const within = async (ms: number, event: Promise<unknown>): Promise<boolean> =>
  (await withinMs(
    event.then(() => true),
    ms,
  )) ?? false;

/** Polls a condition. Returns whether it became true in time. */
export async function until(holds: () => boolean, ms = 10_000): Promise<boolean> {
  for (const deadline = Date.now() + ms; !holds(); await pause(20)) if (Date.now() > deadline) return false;
  return true;
}
