import type { Attack } from '../attack';
import { access } from './access';
import { accounts } from './accounts';
import { data } from './data';
import { deletion } from './deletion';
import { headers } from './headers';
import { hosts } from './hosts';
import { identity } from './identity';
import { limits } from './limits';
import { limitsInBrowser } from './limits-in-browser';
import { otherSites } from './other-sites';
import { replies } from './replies';
import { requests } from './requests';

/** Every row, in the order of the run. */
export const ATTACKS: Attack[] = [
  ...otherSites,
  ...limits,
  ...limitsInBrowser,
  ...replies,
  ...identity,
  ...hosts,
  ...data,
  ...requests,
  ...headers,
  ...access,
  ...accounts,
  ...deletion,
];
