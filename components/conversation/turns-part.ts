import { Later } from '../ui/later';

/** What shows turns. A newcomer has none: it comes with the first words that are written or were kept. */
export const TURNS = new Later(() => import('./turns').then(({ Turns }) => Turns));
