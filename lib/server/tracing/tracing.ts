import type { Turn } from '@/lib/chat/turn';
import type { TurnRef } from '@/lib/server/store/store';

/** Adds the outcome of a turn to its span, once the turn has ended. */
export type DescribeTurn = (turn: Turn, hadToken: boolean) => void;

/** Sends spans to a collector. */
export interface Tracing {
  /** Runs `work` inside the span of a turn. */
  turn(ref: TurnRef, model: string, work: (describe: DescribeTurn) => Promise<void>): Promise<void>;
  /** Runs a call of the store inside a span, if it is part of something that has one. */
  storeCall<T>(driver: string, call: string, work: () => Promise<T>): Promise<T>;
  /** On a serverless host, which may freeze the process after a turn: sends what is still in memory. */
  turnEnded(): Promise<void>;
  /** Sends what is still in memory, and stops. */
  stop(): Promise<void>;
}

/** On `globalThis`, because `instrumentation.ts` and the routes are separate bundles. */
const SLOT = Symbol.for('confab.tracing');
const shared: typeof globalThis & { [SLOT]?: Tracing | undefined } = globalThis;

/** null if no collector is configured: this server then neither loads nor calls OpenTelemetry. */
export const tracing = (): Tracing | null => shared[SLOT] ?? null;

export function setTracing(started: Tracing | null): void {
  shared[SLOT] = started ?? undefined;
}
