import type { Check } from '../support/run-checks';
import type { Visit } from './browser-lab';

/** A promise about the page that is tested in every browser. */
export type BrowserCheck = Check<Visit>;
