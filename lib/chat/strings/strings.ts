import type { en } from './en';

/** The shape of every language's strings. A key that a language lacks is a type error in its file. */
export type Strings = typeof en;
