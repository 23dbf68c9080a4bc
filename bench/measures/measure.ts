import type { Bench } from '../support/bench';

/** The values of one round, by name. */
export type Sample = Record<string, number>;

/** A row of the report. */
export interface Row {
  measure: string;
  result: string;
  goal: string;
  met: boolean;
  /** Absolute values of this run, which depend on the machine and are not results. */
  context: string;
}

export interface Measure<On = Bench> {
  name: string;
  /** Called once, before the first round. */
  prepare?(bench: On): Promise<void>;
  round(bench: On, index: number): Promise<Sample>;
  rows(samples: readonly Sample[]): Row[];
}

/** Reverses the order in every other round, so that no target always goes first. */
export const alternate = <T>(targets: readonly T[], round: number): readonly T[] =>
  round % 2 === 0 ? targets : targets.toReversed();

/** How the streams of a measure start, for its label. */
export const describeStart = (spreadMs: number): string =>
  spreadMs === 0 ? 'all started at once' : `starts spread over ${spreadMs / 1000} s`;
