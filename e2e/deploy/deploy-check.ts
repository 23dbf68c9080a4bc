import type { DeployLab } from './deploy-lab';

/** One promise about a way to deploy, tried on the real parts. */
export interface DeployCheck {
  /** Short and unique, the part first: `nginx streaming`, `image drains`. Selects it on the command line. */
  name: string;
  /** What has to come out. */
  promise: string;
  /**
   * Resolves with what was seen, in a few words or lines.
   * @throws with what is wrong; `NotAvailable` for a part that this machine cannot have.
   */
  run(lab: DeployLab): Promise<string>;
}

/** A part that this machine cannot have, such as a program without a package. The message says why. */
export class NotAvailable extends Error {
  override readonly name = 'NotAvailable';
}

/** @throws with what was seen instead, so that a check reads as a list of promises. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
