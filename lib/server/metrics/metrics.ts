import type { ErrorCode, ErrorReason } from '@/lib/chat/errors';
import type { Turn } from '@/lib/chat/turn';
import { version } from '@/package.json';
import { DayUsage } from './day-usage';
import { Counter, Gauge, Histogram, type Instrument } from './instruments';

const FIRST_TOKEN_SECONDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120];
const TURN_SECONDS = [0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320, 640];
const STORE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The metrics of this process. Labels are closed sets, never an id or text of a guest. */
function createInstruments(live: { replies: () => number }) {
  return {
    turns: new Counter<'status' | 'model'>(
      'confab_turns_total',
      'Turns that have ended, by status and model.',
    ),
    firstToken: new Histogram<'model'>(
      'confab_turn_first_token_seconds',
      'Time from the begin of a turn to the first token of its reply.',
      FIRST_TOKEN_SECONDS,
    ),
    turnSeconds: new Histogram<'model'>(
      'confab_turn_duration_seconds',
      'Time from the begin of a turn to its end.',
      TURN_SECONDS,
    ),
    tokens: new Counter<'direction' | 'model'>(
      'confab_tokens_total',
      'Tokens that the providers counted; reasoning is a part of output.',
    ),
    storeSeconds: new Histogram<'call'>(
      'confab_store_call_seconds',
      'Time that the store took to answer, failed calls too.',
      STORE_SECONDS,
    ),
    storeErrors: new Counter<'call' | 'reason'>(
      'confab_store_errors_total',
      'Calls of the store that failed.',
    ),
    limitsHit: new Counter<'limit'>('confab_limits_hit_total', 'Requests that were refused with 429.'),
    liveReplies: new Gauge('confab_live_replies', 'Replies that this process is producing now.', () =>
      live.replies(),
    ),
    buildInfo: new Gauge('confab_build_info', 'The version of the server.', () => [
      { labels: { version }, value: 1 },
    ]),
    memory: new Gauge('process_resident_memory_bytes', 'Resident memory of the process.', () =>
      process.memoryUsage.rss(),
    ),
    cpu: new Gauge(
      'process_cpu_seconds_total',
      'CPU time that the process has used.',
      () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
      'counter',
    ),
    startTime: new Gauge(
      'process_start_time_seconds',
      'When the process started, in seconds since the epoch.',
      () => Math.round(Date.now() / 1000 - process.uptime()),
    ),
  };
}

function createMetrics() {
  /** `services.ts` sets `replies`, because it has the runs. */
  const live = { replies: () => 0 };
  return { instruments: createInstruments(live), live, days: new DayUsage() };
}

type Metrics = ReturnType<typeof createMetrics>;

/** On `globalThis`, because the routes, the page and `instrumentation.ts` are separate bundles. */
const SLOT = Symbol.for('confab.metrics');

/** The metrics of this process. */
export function metrics(): Metrics {
  const shared: typeof globalThis & { [SLOT]?: Metrics } = globalThis;
  shared[SLOT] ??= createMetrics();
  return shared[SLOT];
}

/** The content type of `metricsText`. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function metricsText(): string {
  return Object.values<Instrument>(metrics().instruments)
    .map((instrument) => instrument.text())
    .join('');
}

/** Counts a turn that has ended. `hadToken`: its model sent some text or reasoning. */
export function countTurn(owner: string, turn: Turn, hadToken: boolean): void {
  const { instruments, days } = metrics();
  const { turns, firstToken, turnSeconds, tokens } = instruments;
  days.countTurn(owner, turn);
  const { model } = turn.reply;
  turns.add({ status: turn.status, model });
  if (turn.timing) {
    turnSeconds.observe({ model }, turn.timing.totalMs / 1000);
    if (hadToken) firstToken.observe({ model }, turn.timing.firstTokenMs / 1000);
  }
  if (!turn.usage) return;
  const { inputTokens, outputTokens, reasoningTokens = 0 } = turn.usage;
  tokens.add({ direction: 'input', model }, inputTokens);
  tokens.add({ direction: 'output', model }, outputTokens);
  tokens.add({ direction: 'reasoning', model }, reasoningTokens);
}

/** Counts a request that a limit refused. */
export function countLimitHit(code: ErrorCode, reason: ErrorReason | undefined): void {
  const limit = reason ?? code;
  const { instruments, days } = metrics();
  instruments.limitsHit.add({ limit });
  days.countLimitHit(limit);
}
