import { type TurnFooterStrings, turnFooterStrings } from '@/lib/chat/strings/turn-footer';
import { useLanguage } from '../use-strings';

/** The strings of the rows under messages, in the reader's language. */
export const useTurnFooterStrings = (): TurnFooterStrings => turnFooterStrings(useLanguage());
