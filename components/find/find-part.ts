import { Later } from '../ui/later';

/** The search of a conversation: fetched when it is first opened. */
export const FIND = new Later(() => import('./find-bar').then(({ FindBar }) => FindBar));
