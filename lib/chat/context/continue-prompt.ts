import type { Language } from '../language';

/** The instruction sent after the model's own unfinished reply. It is never shown: the reply simply continues. */
const PROMPTS: Record<Language, string> = {
  en: 'Your last reply was cut off. Go on exactly where it stopped, in the middle of the word or the code block if need be. Repeat nothing, and say nothing about the interruption.',
  zh: '你上一条回复被截断了。请从中断处原样接着写，即使断在一个词或代码块的中间。不要重复已写的内容，也不要提到中断。',
};

export const continuePromptOf = (language: Language): string => PROMPTS[language];
