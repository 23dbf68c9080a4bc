import { type TurnWords, turnWords } from '@/lib/chat/words/turn-words';
import { useLanguage } from '../words';

/** The words of the rows under messages, in the reader's language. */
export const useTurnWords = (): TurnWords => turnWords(useLanguage());
