import type { Language } from '../language';
import { conversationList as en } from './en/conversation-list';
import { conversationList as zh } from './zh/conversation-list';

/** The strings of the list of conversations. They load with it, or with another window that closes as it does. */
export type ConversationListStrings = typeof en;

const STRINGS: Record<Language, ConversationListStrings> = { en, zh };

export const conversationListStrings = (language: Language): ConversationListStrings => STRINGS[language];
