import type { AdminReport, DayReport } from '@/lib/chat/admin-report';
import type { TurnStatus } from '@/lib/chat/turn';
import { readHealth } from '@/lib/server/health/health-answers';
import { type CountKind, countsOf, type DayCounts, OTHER_GUESTS } from '@/lib/server/metrics/day-usage';
import { metrics } from '@/lib/server/metrics/metrics';
import type { Services } from '@/lib/server/services';
import { DAY_MS, dayOf } from '@/lib/server/store/limits';
import { isAdmin } from './admin-cookie';

const DAYS = 30;
/** Each table shows this many of the most used models, guests or limits. */
const MOST_ROWS = 20;

type AdminView = { kind: 'none' } | { kind: 'signed_out' } | { kind: 'report'; report: AdminReport };

/** What `/admin` shows to a browser with these cookies. */
export async function readAdminPage(
  services: Services,
  cookies: string | null,
  now: number,
): Promise<AdminView> {
  const { adminToken } = services.settings;
  if (adminToken === null) return { kind: 'none' };
  if (!isAdmin(cookies, adminToken, now)) return { kind: 'signed_out' };
  return { kind: 'report', report: await readReport(services, now) };
}

/** The state of the server and its last 30 days. If the store fails, the report says so instead of failing too. */
async function readReport(services: Services, now: number): Promise<AdminReport> {
  const today = dayOf(now);
  const days = Array.from({ length: DAYS }, (_, n) => today - DAYS + 1 + n);
  const [health, pausedSince, storedBytes, counts] = await Promise.all([
    readHealth(services),
    services.turnSwitch.pausedSince().catch(() => null),
    services.store.storedBytes().catch(() => null),
    metrics()
      .days.read(days)
      .catch(() => days.map((): DayCounts => ({}))),
  ]);
  const { driver, latencyMs, reason } = health.store;
  const errors = metrics().instruments.storeErrors.samples();
  return {
    days: days.map((day, index) => dayReport(day, counts[index] ?? {})),
    statuses: STATUSES.map((status) => ({ status, turns: sum(counts, 'status').get(status) ?? 0 })),
    models: rowsOfUse(counts, 'model-turns', 'model-tokens'),
    guests: rowsOfUse(counts, 'guest-turns', 'guest-tokens').map(({ name, ...use }) => ({
      ...use,
      name: name === OTHER_GUESTS ? null : name,
    })),
    limits: mostUsed(
      [...sum(counts, 'limit')].map(([name, count]) => ({ name, count })),
      ({ count }) => count,
    ),
    isKept: metrics().days.isKept,
    live: { replies: metrics().live.replies(), pausedSince },
    store: {
      driver,
      latencyMs,
      reason: reason ?? null,
      warnings: health.warnings,
      storedBytes,
      errors: errors.reduce((total, { value }) => total + value, 0),
    },
    startedAt: Math.round(now - process.uptime() * 1000),
    version: health.version,
  };
}

const STATUSES = ['done', 'stopped', 'failed', 'interrupted'] as const satisfies readonly TurnStatus[];

function dayReport(day: number, counts: DayCounts): DayReport {
  const tokens = countsOf(counts, 'tokens');
  return {
    date: new Date(day * DAY_MS).toISOString().slice(0, 10),
    turns: total(counts, 'status'),
    failed: countsOf(counts, 'status').get('failed') ?? 0,
    inputTokens: tokens.get('input') ?? 0,
    outputTokens: tokens.get('output') ?? 0,
    limitsHit: total(counts, 'limit'),
  };
}

const total = (counts: DayCounts, kind: CountKind): number =>
  [...countsOf(counts, kind).values()].reduce((all, value) => all + value, 0);

/** The counters of one kind over all days. */
function sum(days: readonly DayCounts[], kind: CountKind): Map<string, number> {
  const all = new Map<string, number>();
  for (const day of days)
    for (const [name, value] of countsOf(day, kind)) all.set(name, (all.get(name) ?? 0) + value);
  return all;
}

function rowsOfUse(days: readonly DayCounts[], turnsKind: CountKind, tokensKind: CountKind) {
  const tokens = sum(days, tokensKind);
  const rows = [...sum(days, turnsKind)].map(([name, turns]) => ({
    name,
    turns,
    tokens: tokens.get(name) ?? 0,
  }));
  return mostUsed(rows, ({ turns }) => turns);
}

const mostUsed = <T>(rows: T[], useOf: (row: T) => number): T[] =>
  rows.sort((a, b) => useOf(b) - useOf(a)).slice(0, MOST_ROWS);
