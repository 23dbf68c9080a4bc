import { setTimeout as pause } from 'node:timers/promises';
import type { AttackLab } from './attack-lab';

/** What one side of a row has shown: whether it is as wanted, and the evidence in a few words. */
export interface Finding {
  ok: boolean;
  seen: string;
}

/** One row of the table: an attempt against a real server, and a control that proves the attempt would be seen. */
export interface Attack {
  /** The row of the review that this comes from, or the setting that it tries. */
  row: string;
  /** What is attempted. */
  attempt: string;
  /** The outcome that counts as held. */
  expected: string;
  /** The same thing where it is allowed, or a planted breach: if this is not seen, the attempt proves nothing. */
  control: string;
  run: (lab: AttackLab) => Promise<{ attempt: Finding; control: Finding }>;
}

export const finding = (ok: boolean, seen: string): Finding => ({ ok, seen });

/** Compares what was seen as text: `same('403', answer.status)`. */
export const same = (wanted: unknown, seen: unknown): Finding =>
  finding(String(wanted) === String(seen), String(seen));

/** All of several findings; names the ones that are not as wanted, or says `summary`. */
export function every(findings: readonly (Finding & { of: string })[], summary: string): Finding {
  const wrong = findings.filter(({ ok }) => !ok).map(({ of, seen }) => `${of}: ${seen}`);
  return finding(wrong.length === 0 && findings.length > 0, wrong.join('; ') || summary);
}

/** Waits for what has to be seen, but not for ever: whether it was seen in time. */
export async function within(ms: number, event: Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  const seen = await Promise.race([event.then(() => true), late.promise]);
  clearTimeout(timer);
  return seen;
}

/** Asks again and again until it holds, but not for ever: whether it did in time. */
export async function until(holds: () => boolean, ms = 10_000): Promise<boolean> {
  for (const deadline = Date.now() + ms; !holds(); await pause(20)) if (Date.now() > deadline) return false;
  return true;
}
