import type { Check } from '../support/run-checks';
import type { Visit } from './browser-lab';
import type { Cookies } from './drivers/start-browser';

/** A promise about the page that is tested in every browser. */
export interface BrowserCheck extends Check<Visit> {
  /** Defaults to `kept`. */
  cookies?: Cookies;
}
