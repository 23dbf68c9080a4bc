import type { Lab } from './lab';

/** What was found, in the words of `docs/resilience.md`. */
export interface Outcome {
  sees: string;
  kept: string;
}

/** A row of the table: a fault, and a play that really does it to a server process and checks what comes of it. */
export interface Fault {
  done: string;
  play: (lab: Lab) => Promise<Outcome>;
}
