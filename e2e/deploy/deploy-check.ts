import type { Check } from '../support/run-checks';
import type { DeployLab } from './deploy-lab';

/** One promise about a way to deploy. */
export type DeployCheck = Check<DeployLab>;
