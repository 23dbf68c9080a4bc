import type { Turn } from '@/lib/chat/turn';
import type { TurnRef } from '@/lib/server/store/store';

/** Adds to the span of a turn what is known once the turn has ended. */
export type DescribeTurn = (turn: Turn, hadToken: boolean) => void;

/** Sends spans to a collector. */
export interface Tracing {
  /** Runs `work` inside the span of a turn. */
  turn(ref: TurnRef, model: string, work: (describe: DescribeTurn) => Promise<void>): Promise<void>;
  /** Runs a call of the store inside a span, if it is part of something that has one. */
  storeCall<T>(driver: string, call: string, work: () => Promise<T>): Promise<T>;
  /** Sends what is still in memory, where the process may be frozen once a turn has ended. */
  turnEnded(): Promise<void>;
  /** Sends what is still in memory, and stops. */
  stop(): Promise<void>;
}

/** On `globalThis`, because `instrumentation.ts` and the routes are separate bundles. */
const SLOT = Symbol.for('confab.tracing');
const shared: typeof globalThis & { [SLOT]?: Tracing | undefined } = globalThis;

/** null if no collector is configured: then no part of OpenTelemetry is loaded or called by this server. */
export const tracing = (): Tracing | null => shared[SLOT] ?? null;

export function setTracing(started: Tracing | null): void {
  shared[SLOT] = started ?? undefined;
}
