import { type BuiltInAssistantId, findAssistant } from '@/lib/chat/assistants';
import type { Language } from '@/lib/chat/language';
import { oneLine } from '@/lib/chat/session';
import { shownLine, titleOf } from '@/lib/chat/text/plain-line';
import type { DemoText, TourStop } from './demo-text';
import { en } from './demo-text-en';
import { zh } from './demo-text-zh';
import { workOut } from './work-out';

const TEXTS: Record<Language, DemoText> = { en, zh };

/** The stops of each assistant's tour: what it is best at comes first. */
const TOURS: Record<BuiltInAssistantId, readonly TourStop[]> = {
  assistant: ['table', 'code', 'formula', 'diagram', 'stop', 'assistants'],
  teacher: ['steps', 'formula', 'diagram', 'table', 'code', 'stop', 'assistants'],
  programmer: ['code', 'diagram', 'table', 'formula', 'stop', 'assistants'],
};

export interface DemoQuestion {
  /** The user's messages, oldest first; the last is the question. */
  messages: readonly string[];
  /** An unknown id is answered as the general assistant. */
  assistantId: string;
  /** Used if the question itself has no language, such as a number or an emoji. */
  language: Language;
}

export interface DemoReply {
  reasoning: string;
  content: string;
}

const QUOTED_GRAPHEMES = 60;

/**
 * The reply of the demo model: that it is a demo, then the next stop of a tour of the page. It depends only on the
 * messages, the assistant and the language.
 */
export function composeReply({ messages, assistantId, language }: DemoQuestion): DemoReply {
  const question = (messages.at(-1) ?? '').trim();
  const text = TEXTS[languageOf(question) ?? language];
  const sum = workOut(question);
  if (sum || isGreeting(question)) {
    const answer = sum ? text.result(sum.sum, sum.value) : text.greeting;
    return { reasoning: '', content: [text.shortNotice, answer, text.invitation].join('\n\n') };
  }

  const role = findAssistant(assistantId)?.id ?? 'assistant';
  const before = messages.slice(0, -1).filter((message) => !workOut(message) && !isGreeting(message)).length;
  const quoted = quote(question);
  const earlier = messages.length > 1 ? quote(messages.at(-2) ?? '') : null;
  const tour = TOURS[role];
  const stop = tour[before % tour.length] ?? 'table';
  const next = tour[(before % tour.length) + 1];
  const { opening, closing } = text.roles[role];
  const paragraphs =
    before === 0
      ? [text.notice, opening(quoted), text.stops[stop].text]
      : [text.shortNotice, text.stops[stop].text];
  if (earlier !== null) paragraphs.push(text.earlierMessage(earlier, messages.length - 1));
  const last = next ? text.next(text.stops[next].name) : text.end;
  paragraphs.push(before === 0 ? `${closing} ${last}` : last);
  return { reasoning: text.reasoning(quoted, earlier), content: paragraphs.join('\n\n') };
}

/** The rest of a reply whose beginning is already there. */
export function continueReply(question: DemoQuestion, beginning: string): DemoReply {
  const { content } = composeReply(question);
  return {
    reasoning: '',
    content: content.startsWith(beginning) ? content.slice(beginning.length) : content,
  };
}

const GREETING =
  /^(?:hi|hiya|hello|hey|yo|good (?:morning|evening|day)|test|你好|您好|嗨|哈喽|早上好|晚上好|在吗|测试)$/iu;

/** Whether the message asks for nothing: a greeting, or no words at all. */
const isGreeting = (message: string): boolean => {
  const words = message.replace(/[^\p{L}\p{N} ]/gu, '').trim();
  return words === '' || GREETING.test(words) || GREETING.test(words.replace(/\s+there$|[呀啊]$/u, ''));
};

function languageOf(text: string): Language | null {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  return /\p{Letter}/u.test(text) ? 'en' : null;
}

/** One line of plain text, without Markdown's special characters, because it is placed inside Markdown. */
const quote = (text: string): string =>
  oneLine(shownLine(titleOf(text)).replace(/[*_`~<>[\]|#\\$]/g, ''), QUOTED_GRAPHEMES);
