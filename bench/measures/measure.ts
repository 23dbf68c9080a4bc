import type { Stage } from '../support/stage';

/** What one round found, by name. */
export type Sample = Record<string, number>;

/** A line of the table. */
export interface Row {
  measure: string;
  figure: string;
  goal: string;
  reached: boolean;
  /** Absolute figures of this run: they belong to the machine, and are no result. */
  context: string;
}

export interface Measure<On = Stage> {
  name: string;
  /** Once, before the first round. */
  prepare?(stage: On): Promise<void>;
  round(stage: On, index: number): Promise<Sample>;
  rows(samples: readonly Sample[]): Row[];
}

/** The order turns around with every round, so that none of them always goes first. */
export const turned = <T>(targets: readonly T[], round: number): readonly T[] =>
  round % 2 === 0 ? targets : targets.toReversed();
