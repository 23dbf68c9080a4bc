import { type OverlayStrings, overlayStrings } from '@/lib/chat/strings/overlays';
import { useLanguage } from './use-strings';

/** The strings of what opens over the conversation, in the reader's language. */
export const useOverlayStrings = (): OverlayStrings => overlayStrings(useLanguage());
