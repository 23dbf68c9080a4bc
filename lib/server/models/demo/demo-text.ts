import type { BuiltInAssistantId } from '@/lib/chat/assistants';

/** What the demo model can say in one language. */
export interface DemoText {
  /** The whole reply to a question of a word or two. */
  shortReply: string;
  /** Says that this is a demo, and how to connect a real model. */
  notice: string;
  reasoning: (question: string, earlier: string | null) => string;
  /** Mentions the previous message. `turns`: how many messages came before this one. */
  earlierMessage: (earlier: string, turns: number) => string;
  roles: Record<BuiltInAssistantId, DemoRole>;
}

interface DemoRole {
  /** The first paragraph, in the assistant's manner, with the question in it. */
  opening: (question: string) => string;
  /** Used alternately, so that a conversation shows everything the page can render. */
  samples: readonly [string, string];
  /** The last paragraph, in the assistant's manner. */
  closing: string;
}
