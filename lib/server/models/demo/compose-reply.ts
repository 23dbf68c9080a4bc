import { type BuiltInAssistantId, findAssistant } from '@/lib/chat/assistants';
import type { Language } from '@/lib/chat/language';
import { oneLine } from '@/lib/chat/session';
import type { DemoText } from './demo-text';
import { en } from './demo-text-en';
import { zh } from './demo-text-zh';

const TEXTS: Record<Language, DemoText> = { en, zh };

export interface DemoQuestion {
  /** The user's messages, oldest first; the last is the question. */
  messages: readonly string[];
  /** An unknown id is answered as the general assistant. */
  assistantId: string;
  /** Used if the question itself has no language, such as a number or an emoji. */
  language: Language;
}

/** Up to this length a question gets the brief reply. */
const BRIEF_CHARACTERS = { en: 12, zh: 4 };
const QUOTED_GRAPHEMES = 60;

/** The reply of the demo model. It depends only on the messages, the assistant and the language. */
export function composeReply({ messages, assistantId, language }: DemoQuestion): {
  reasoning: string;
  content: string;
} {
  const question = (messages.at(-1) ?? '').trim();
  const replyLanguage = languageOf(question) ?? language;
  const text = TEXTS[replyLanguage];
  const role = text.roles[roleOf(assistantId)];
  const quoted = quote(question);
  const earlier = messages.length > 1 ? quote(messages.at(-2) ?? '') : null;

  const isBrief = [...question].length <= BRIEF_CHARACTERS[replyLanguage];
  const body = isBrief
    ? [text.shortReply]
    : [role.opening(quoted), role.samples[messages.length % 2 === 1 ? 0 : 1]];
  const earlierMessage = earlier === null ? [] : [text.earlierMessage(earlier, messages.length - 1)];
  return {
    reasoning: isBrief ? '' : text.reasoning(quoted, earlier),
    content: [...body, ...earlierMessage, text.notice, ...(isBrief ? [] : [role.closing])].join('\n\n'),
  };
}

const roleOf = (assistantId: string): BuiltInAssistantId => findAssistant(assistantId)?.id ?? 'assistant';

function languageOf(text: string): Language | null {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  return /\p{Letter}/u.test(text) ? 'en' : null;
}

/** One line of plain text, without Markdown's special characters, because it is placed inside Markdown. */
const quote = (text: string): string => oneLine(text.replace(/[*_`~<>[\]|#\\]/g, ''), QUOTED_GRAPHEMES);
