import type { overlays } from './en/overlays';

/** The shape of every language's strings of what opens over the conversation. */
export type OverlayStrings = typeof overlays;
