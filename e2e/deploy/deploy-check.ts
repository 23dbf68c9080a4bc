import type { DeployLab } from './deploy-lab';

/** One promise about a way to deploy, tested with the real programs. */
export interface DeployCheck {
  /** Short and unique, the part first: `nginx streaming`, `image drains`. Selects it on the command line. */
  name: string;
  /** The expected result, in a sentence. */
  promise: string;
  /**
   * Resolves with the evidence, in a few words or lines.
   * @throws if the promise is broken; `NotAvailable` if a program cannot be installed here.
   */
  run(lab: DeployLab): Promise<string>;
}

/** A program that cannot be installed on this machine. The message says why. */
export class NotAvailable extends Error {
  override readonly name = 'NotAvailable';
}

/** @throws with what was seen instead, so that a check reads as a list of promises. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
