import { type BuiltInAssistantId, findAssistant } from '@/lib/chat/assistants';
import type { Language } from '@/lib/chat/language';
import { oneLine } from '@/lib/chat/session';
import type { DemoText } from './demo-text';
import { en } from './demo-text-en';
import { zh } from './demo-text-zh';

const TEXTS: Record<Language, DemoText> = { en, zh };

export interface DemoQuestion {
  /** What the user said so far, oldest first; the last is the question. */
  said: readonly string[];
  /** An unknown assistant is played as the general one. */
  assistantId: string;
  /** Spoken when the question itself is in no language: a number, an emoji. */
  language: Language;
}

/** A question of a word or two gets a reply of a line or two. */
const BRIEF_GRAPHEMES = { en: 12, zh: 4 };
const QUOTED_GRAPHEMES = 60;

/** What the demo model answers. The same question in the same place of a conversation gets the same words. */
export function composeReply({ said, assistantId, language }: DemoQuestion): {
  reasoning: string;
  content: string;
} {
  const question = (said.at(-1) ?? '').trim();
  const spoken = languageOf(question) ?? language;
  const words = TEXTS[spoken];
  const role = words.roles[roleOf(assistantId)];
  const quoted = quote(question);
  const earlier = said.length > 1 ? quote(said.at(-2) ?? '') : null;

  const brief = [...question].length <= BRIEF_GRAPHEMES[spoken];
  const body = brief ? [words.brief] : [role.opening(quoted), role.samples[said.length % 2 === 1 ? 0 : 1]];
  const memory = earlier === null ? [] : [words.memory(earlier, said.length - 1)];
  return {
    reasoning: brief ? '' : words.reasoning(quoted, earlier),
    content: [...body, ...memory, words.whatIAm, ...(brief ? [] : [role.closing])].join('\n\n'),
  };
}

const roleOf = (assistantId: string): BuiltInAssistantId => findAssistant(assistantId)?.id ?? 'assistant';

function languageOf(text: string): Language | null {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  return /\p{Letter}/u.test(text) ? 'en' : null;
}

/** One line of plain text: signs that Markdown would read are left out, for the quotation stands inside of it. */
const quote = (text: string): string => oneLine(text.replace(/[*_`~<>[\]|#\\]/g, ''), QUOTED_GRAPHEMES);
